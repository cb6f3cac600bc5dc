"""The CMS after a migrate: tree, workflow, rights."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Site

from cursussen.models import BasePage, CaseIndexPage, HomePage, StrandPage, Theme
from cursussen.set_up import set_up_cms
from leer.accounts.api import Role

pytestmark = pytest.mark.django_db


def test_after_migrate_the_tree_is_there() -> None:
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert StrandPage.objects.count() == 3
    assert CaseIndexPage.objects.get().get_workflow().name == "Casus met tweede persoon"
    assert BasePage.objects.filter(depth=2).count() == 1


def test_the_six_themes_of_the_source_are_there() -> None:
    assert Theme.objects.count() == 6


def test_wagtails_own_groups_are_gone() -> None:
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_setting_up_again_changes_nothing() -> None:
    def count() -> tuple[int, ...]:
        return (
            BasePage.objects.count(),
            GroupPagePermission.objects.count(),
            Theme.objects.count(),
            Group.objects.get(name=Role.EDITOR.value).permissions.count(),
        )

    before = count()
    set_up_cms()
    assert count() == before


def test_a_right_that_a_role_should_not_have_is_taken_back() -> None:
    group = Group.objects.get(name=Role.EDITOR.value)
    home = HomePage.objects.get().basepage_ptr
    publish = GroupPagePermission.objects.filter(permission__codename="publish_basepage").first()
    assert publish is not None
    GroupPagePermission.objects.create(group=group, page=home, permission=publish.permission)
    set_up_cms()
    assert not GroupPagePermission.objects.filter(
        group=group, permission__codename="publish_basepage"
    ).exists()


@pytest.mark.django_db(transaction=True)
def test_it_is_all_there_again_after_the_database_was_emptied() -> None:
    call_command("flush", interactive=False)
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert CaseIndexPage.objects.get().get_workflow().active
    assert Theme.objects.count() == 6


def test_the_site_stands_at_the_address_where_people_find_leer(settings: Any) -> None:
    settings.BASE_URL = "https://leer.douane.example"
    set_up_cms()
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("leer.douane.example", 443)
