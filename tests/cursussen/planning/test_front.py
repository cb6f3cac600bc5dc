"""What an editor sees first in the CMS."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cursussen.models import CaseIndexPage
from leer.accounts.api import Role
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _urls(settings: Any, tmp_path: Any) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"
    settings.MEDIA_ROOT = tmp_path


def front(client: Client, role: Role) -> str:
    user = make.user_with(role)
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_writer_is_led_to_a_new_case(client: Client) -> None:
    make.draft_case()
    add = ["cursussen", "casepage", CaseIndexPage.objects.get().pk]
    page = front(client, Role.EDITOR)
    assert f'href="{reverse("wagtailadmin_pages:add", args=add)}"' in page
    assert "Zo komt een casus online" in page


def test_a_chief_editor_reads_how_many_pictures_nobody_looked_at(client: Client) -> None:
    make.picture("Haven")
    make.picture("Kade")
    assert "Kijk wie er op 2 beelden staat" in front(client, Role.CHIEF_EDITOR)


def test_who_comes_for_the_ledger_only_is_not_told_of_cases(client: Client) -> None:
    assert "Zo komt een casus online" not in front(client, Role.PROGRAMME)


def test_a_new_case_has_its_parts_ready(client: Client) -> None:
    make.draft_case()
    user = make.user_with(Role.EDITOR)
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    index = CaseIndexPage.objects.get()
    page = client.get(reverse("wagtailadmin_pages:add", args=["cursussen", "casepage", index.pk]))
    sections = page.context["form"]["sections"].value()
    assert [part.block_type for part in sections] == ["section", "moment", "section", "section"]
    assert [part.value.get("kind") for part in sections] == ["gebeurtenis", None, "vervolg", "les"]
    assert len(sections[1].value["options"]) == 2
