"""The programme looks how a rollout stands, and who comes when: desk, phone, keyboard, paper."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser import learner
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import CALM, both_sizes

pytestmark = pytest.mark.browser

TITLE = "Weerbaar aan het werk"


@both_sizes
def test_the_programme_sees_how_much_exposure_is_left(visit: Visit, size: ViewportSize) -> None:
    visitor, audit = visit(size=size, **CALM), Audit()
    visitor.sign_in("programma")
    page = visitor.page
    # Given the list of programmes
    learner.follow(page, "Programma")
    audit.look_everywhere(page, "programmes")
    # When one is opened
    learner.follow(page, TITLE)
    # Then its first sentence says where it stands, and the lines are there
    expect(page.get_by_role("heading", level=1)).to_contain_text("van de blootstelling is over")
    expect(page.get_by_role("img", name="Blootstelling die over is")).to_be_visible()
    # And each figure opens to what it means, by the keyboard
    measure = page.locator(".measure summary").first
    measure.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("De som over alle mensen die niet beschermd zijn")).to_be_visible()
    page.get_by_text("Zo lees je deze lijnen").click()
    page.get_by_text("De lijnen als tabel").click()
    audit.look_everywhere(page, "a programme")
    # And to its rows
    page.get_by_role("link", name="De rijen hierachter").first.click()
    expect(page.get_by_role("heading", name="De rijen achter de cijfers")).to_be_visible()
    audit.look_everywhere(page, "the rows of a programme")
    audit.assert_clean()


@both_sizes
def test_the_programme_sees_who_comes_when(visit: Visit, size: ViewportSize) -> None:
    visitor, audit = visit(size=size, **CALM), Audit()
    visitor.sign_in("programma")
    page = visitor.page
    learner.follow(page, "Programma")
    learner.follow(page, TITLE)
    learner.follow(page, "Bekijk het plan")
    # The calendar can be reached and moved by the keyboard, and its table says the same
    calendar = page.get_by_role("region", name="Kalender van het plan")
    calendar.focus()
    expect(calendar).to_be_focused()
    names = page.locator("tbody th").all_inner_texts()
    assert names == sorted(names)
    audit.look_everywhere(page, "a plan")
    learner.follow(page, "Zuid")
    expect(page.get_by_role("heading", level=2, name="Zuid")).to_be_visible()
    audit.assert_clean()


def test_a_day_in_the_past_is_shown_as_it_was(visit: Visit) -> None:
    visitor = visit()
    visitor.sign_in("programma")
    page = visitor.page
    learner.follow(page, "Programma")
    learner.follow(page, TITLE)
    now = page.get_by_role("heading", level=1).inner_text()
    page.get_by_text("De lijnen als tabel").click()
    first = page.locator("details table tbody th").first.inner_text()
    page.goto(page.url + "?op=2000-01-01")
    expect(page.get_by_role("heading", name="Van die dag is niets geteld")).to_be_visible()
    learner.follow(page, "Naar de laatste stand")
    early = page.locator("#op").input_value()
    page.locator("#op").fill(f"{early[:8]}01")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(now)
    page.get_by_text("De lijnen als tabel").click()
    expect(page.locator("details table tbody th").first).to_have_text(first)


def test_what_the_programme_sees_is_nobody_elses(visit: Visit) -> None:
    visitor = visit()
    visitor.sign_in("leidinggevende")
    expect(visitor.page.get_by_role("link", name="Programma")).to_have_count(0)
    visitor.may_be_refused(403)
    assert visitor.go("/programma/").status == 403
