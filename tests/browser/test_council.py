"""The works council takes a decision back: the manager sees no names, until it decides again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import learner, people
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import CALM, both_sizes

pytestmark = pytest.mark.browser
DECISIONS = "/privacy/besluiten/"


@both_sizes
def test_names_go_and_come_back_with_the_decision(visit: Visit, size: ViewportSize) -> None:
    audit = Audit()
    programme, administrator, manager = (visit(size=size, **CALM) for _ in range(3))
    programme.may_be_refused(422)  # with nothing filled in
    programme.sign_in("programma")
    administrator.sign_in("beheerder")
    manager.sign_in("leidinggevende")
    try:
        _end(programme.page)
        _team(manager.page)
        expect(manager.page.get_by_role("heading", level=1)).to_have_text(
            "Je ziet hier aantallen, en geen namen"
        )
        expect(manager.page.locator(".stacks")).to_have_count(0)
        audit.look_everywhere(manager.page, "team without names")
        learner.follow(manager.page, "Waarover de ondernemingsraad besloot")
        expect(
            manager.page.get_by_role("heading", name="Volgen per persoon: staat uit")
        ).to_be_visible()
        audit.look_everywhere(manager.page, "decisions, as everybody")
    finally:
        _record(programme.page, audit)
        administrator.page.goto(DECISIONS)
        audit.look_everywhere(administrator.page, "decisions, one to confirm")
        administrator.page.get_by_role(
            "button", name="Bevestig: zo staat het in het verslag"
        ).click()
    _team(manager.page)
    expect(manager.page.locator(".stacks").first).to_be_visible()
    audit.assert_clean()


def _team(page: Page) -> None:
    page.goto("/mijn-team/")
    learner.follow(page, people.team_name("T001"))


def _end(page: Page) -> None:
    page.goto(DECISIONS)
    section = page.locator("section[aria-labelledby=follow]")
    section.get_by_text("Zet dit nu uit").click()
    section.get_by_label("Waarom? Iedereen leest dit.").fill("De ondernemingsraad wil het anders")
    section.get_by_role("button", name="Zet uit").click()
    expect(page.get_by_role("heading", name="Volgen per persoon: staat uit")).to_be_visible()


def _record(page: Page, audit: Audit) -> None:
    page.goto(DECISIONS)
    learner.follow(page, "Leg een besluit vast")
    learner.press(page, "Leg het besluit vast")
    expect(page.get_by_role("alert")).to_be_visible()
    audit.look_everywhere(page, "record a decision, nothing filled in")
    today = timezone.localdate()
    page.get_by_label("Waarover").select_option("volgen per persoon")
    page.get_by_label("Besloten op").fill(today.isoformat())
    page.get_by_label("Waar het staat").fill("Verslag van vandaag, punt 2")
    page.get_by_label("Geldt vanaf").fill(today.isoformat())
    page.get_by_label("Tot en met").fill((today + timedelta(days=200)).isoformat())
    learner.press(page, "Leg het besluit vast")
