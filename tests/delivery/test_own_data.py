"""Somebody sees all that is kept of themselves, and nothing of anybody else."""

import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.delivery import actions
from leer.organisation.models import ImportRun
from leer.privacy import api as privacy
from leer.xapi.models import StatementRecord
from leer.xapi.statements.checking import check
from leer.xapi.store.writing import Unit, Writer, write
from tests.support import factories_content as make
from tests.support import factories_running, learning
from tests.support.factories_organisation import MembershipFactory, UserFactory
from tests.xapi.privacy.ledger import PIET
from tests.xapi.rest_client import dumped, statement

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


def test_what_somebody_did_on_duty_brings_nothing_of_those_it_was_about(bram: User) -> None:
    hanna = make.user_with(Role.PROGRAMME, Role.ADMINISTRATOR, name="hanna")
    programme = factories_running.programme("m")
    programme.exemptions.create(user=bram, reason="Gaat met pensioen", given_by=hanna)
    ImportRun.objects.create(
        created_by=hanna, effective_on=date(2026, 11, 26), files={"personen": "bram@elders"}
    )
    said = learning.signed_in(hanna).get(reverse("delivery:own_data_file")).content.decode()
    records = json.loads(said)["records"]
    assert [*records["rollout.Exemption"]] == [{"given_by": hanna.pk}]
    assert records["organisation.ImportRun"][0]["created_by"] == hanna.pk
    assert "pensioen" not in said
    assert "bram@elders" not in said
    theirs = learning.signed_in(bram).get(reverse("delivery:own_data_file")).content.decode()
    assert "Gaat met pensioen" in theirs
    assert f'"given_by": {hanna.pk}' not in theirs


def test_what_a_colleague_did_to_me_is_not_in_my_file(browser: Client, noor: User) -> None:
    me = {"homePage": settings.XAPI_IRI_BASE, "name": str(noor.actor_name)}
    said = statement(actor=PIET, object={"objectType": "Agent", "account": me})
    fact = check(dumped(said | {"id": str(uuid4())}), version="1.0.3")
    write([Unit(Writer(authority=dumped(PIET)), [fact])])
    assert export(browser)["statements"] == []
