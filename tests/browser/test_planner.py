"""A planner sets a rollout up from nothing, loses trainers, and plans again: desk and phone."""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import CALM, both_sizes

pytestmark = pytest.mark.browser


@both_sizes
def test_a_year_from_nothing(visit: Visit, size: ViewportSize) -> None:
    visitor, audit = visit(size=size, **CALM), Audit()
    visitor.may_be_refused(422)
    visitor.sign_in("programma")
    page = visitor.page

    def look(screen: str) -> None:
        audit.look_everywhere(page, screen)

    # Given a programme of a year, with a session, for everybody in one region
    visitor.go("/programma/nieuw/")
    page.locator(".modulerow__who summary").first.click()
    page.locator(".modulerow__who").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator(".modulerow__who summary").first.click()
    look("a new programme with errors, and for whom a module is")
    page.get_by_label("Naam", exact=True).fill(f"Veilig werken {size['width']}")
    page.get_by_label("Begint op").fill("2027-01-04")
    page.get_by_label("Bijeenkomst", exact=True).fill("Het gesprek")
    page.get_by_label("Duur in minuten").fill("120")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_role("checkbox", name="West").check()
    page.get_by_role("button", name="Voeg regel toe").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("doen mee")
    look("for whom")
    go_to(page, "Plaatsen en wensen")
    seats(page, 0, 51, "24")
    look("seats")
    # When a plan is made, looked at and adopted
    go_to(page, "Plannen")
    page.get_by_role("button", name="Maak een voorstel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Plan 1: iedereen heeft een plaats")
    look("a plan")
    page.get_by_role("button", name="Stel dit plan vast").click()
    expect(page.get_by_role("status")).to_contain_text("Vastgesteld")
    # And two trainers fall out in March
    go_to(page, "Plaatsen en wensen")
    seats(page, 9, 12, "0")
    go_to(page, "Plannen")
    page.get_by_label("Wat is er veranderd?").fill("Twee trainers weg in maart")
    page.get_by_role("button", name="Plan opnieuw").click()
    # Then it says what moves and why, and nothing else does
    expect(page.get_by_role("heading", name="Wat verschuift er?")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("er zijn die week minder plaatsen")
    look("a plan that moves some")
    go_to(page, "Plannen")
    look("all plans")
    go_to(page, "Beginnen")
    look("what is in the way")
    audit.assert_clean()


def seats(page: Page, first: int, last: int, count: str) -> None:
    page.get_by_label("Regio", exact=True).select_option("West")
    page.get_by_label("Van week", exact=True).select_option(str(first))
    page.get_by_label("Tot en met week", exact=True).select_option(str(last))
    page.get_by_label("Plaatsen per week").fill(count)
    page.get_by_role("button", name="Bewaar plaatsen").click()


def go_to(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Programma inrichten").get_by_role(
        "link", name=name
    ).click()
