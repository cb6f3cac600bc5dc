"""Somebody sees all that is kept of themselves, and nothing of anybody else."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.delivery import actions
from leer.privacy import api as privacy
from leer.xapi.models import StatementRecord
from tests.support import factories_content as make
from tests.support import learning
from tests.support.factories_organisation import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
SCENARIO, QUIZ, LESSON = content.PartKind.SCENARIO, content.PartKind.QUIZ, content.PartKind.LESSON


@pytest.fixture
def bram() -> User:
    """A colleague, who did the same."""
    return make.user_with(Role.EMPLOYEE, name="bram")


@pytest.fixture
def browser(noor: User) -> Client:
    return learning.signed_in(noor)


def do(user: User, module: content.Module) -> None:
    """Begin, read, answer one question."""
    actions.begin_module(user, module)
    actions.finish_lesson(user, module, learning.part_of(module, LESSON))
    client = learning.signed_in(user)
    client.post(learning.url("start", module, learning.part_of(module, SCENARIO)))


def export(browser: Client) -> Any:
    return json.loads(browser.get(reverse("delivery:own_data_file")).content)


def test_the_page_of_somebody_new_is_whole(browser: Client, noor: User) -> None:
    page = browser.get(reverse("delivery:own_data")).content.decode()
    assert noor.username in page
    assert "niemand" in page


def test_the_page_tells_team_and_function_and_who_looked(browser: Client, noor: User) -> None:
    stay = MembershipFactory(user=noor)
    wim = UserFactory(administrator=True)
    privacy.looked(wim, "monitoring:team", [noor.pk])
    page = browser.get(reverse("delivery:own_data")).content.decode()
    assert stay.team.name in page
    assert stay.job_function.name in page
    assert str(wim) in page


def test_the_file_has_every_statement_of_mine_and_none_of_a_colleagues(
    browser: Client, noor: User, bram: User, module: content.Module
) -> None:
    do(noor, module)
    do(bram, module)
    file = export(browser)
    names = {one["actor"]["account"]["name"] for one in file["statements"]}
    assert names == {str(noor.actor_name)}
    mine = StatementRecord.objects.filter(raw__contains=str(noor.actor_name))
    assert len(file["statements"]) == mine.count() > 3
    assert {row["user"] for row in file["records"]["progress.Attempt"]} == {noor.pk}


@pytest.mark.parametrize("where", ["delivery:own_data", "delivery:own_data_file"])
def test_nothing_of_a_colleague_and_no_secret_is_anywhere(
    browser: Client, noor: User, bram: User, module: content.Module, where: str
) -> None:
    do(bram, module)
    privacy.looked(noor, "monitoring:team", [bram.pk])
    said = browser.get(reverse(where)).content.decode()
    for secret in (bram.username, str(bram.actor_name), noor.password, noor.email and bram.email):
        assert not secret or secret not in said
    assert browser.session.session_key not in said


def test_the_file_has_all_that_the_register_names(
    browser: Client, noor: User, module: content.Module
) -> None:
    do(noor, module)
    file = export(browser)
    [account] = file["records"]["accounts.User"]
    assert account["username"] == noor.username
    assert "password" not in account
    assert "steps" in file["records"]["progress.Attempt"][0]
    assert file["records"].keys() >= {"progress.ModuleProgress", "progress.PartProgress"}


def test_the_file_is_for_keeping_and_its_name_tells_nobody(browser: Client, noor: User) -> None:
    answer = browser.get(reverse("delivery:own_data_file"))
    assert answer["Content-Disposition"].startswith('attachment; filename="leer-mijn-gegevens-')
    assert noor.username not in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_the_register_is_open_to_everybody_who_works_here(browser: Client) -> None:
    page = browser.get(reverse("privacy:register")).content.decode()
    assert "Toewijzingen" in page
    assert "Leer bewaart hiervan niets" in page  # answers to measurements
