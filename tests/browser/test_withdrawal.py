"""The programme takes back a module that was given by mistake, and the colleague reads why."""

import pytest
from playwright.sync_api import expect

from tests.browser import learner
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import CALM, PHONE

pytestmark = pytest.mark.browser
LEADER, NAME = "leidinggevende", "Ruud Peters"
WHY = "Hoort niet bij dit werk."


def test_a_module_is_taken_back_and_given_back_with_the_reasons_to_read(
    visit: Visit,
) -> None:
    audit = Audit()
    colleague, programme = visit(size=PHONE, **CALM), visit(size=PHONE, **CALM)
    programme.may_be_refused(422)
    programme.sign_in("programma")
    programme.go("/programma/")
    page = programme.page
    learner.follow(page, "Een toewijzing intrekken")
    audit.look_everywhere(page, "taking back")
    page.get_by_label("Welke collega?").fill(LEADER)
    learner.press(page, "Bekijk wat er klaarstaat")
    expect(page.get_by_role("heading", name=f"Wat kreeg {NAME}?")).to_be_visible()
    learner.press(page, "Trek dit in")
    expect(page.get_by_role("alert")).to_be_visible()
    audit.look_everywhere(page, "taking back, something is missing")
    page.get_by_role("radio").first.check()
    page.get_by_label("Waarom trek je dit in?").fill(WHY)
    learner.press(page, "Trek dit in")
    page.locator("summary").click()
    audit.look_everywhere(page, "taken back")
    page.locator("details a").first.click()
    expect(page.get_by_role("main")).to_contain_text(WHY)
    audit.look_everywhere(page, "one that was taken back")
    colleague.sign_in(LEADER)
    colleague.go("/mijn-gegevens/")
    expect(colleague.page.get_by_role("main")).to_contain_text(WHY)
    audit.look_everywhere(colleague.page, "own data, something was taken back")
    page.get_by_label("Waarom geef je dit terug?").fill("Toch wel nodig.")
    learner.press(page, "Geef dit terug")
    expect(page.get_by_role("main")).to_contain_text("Toch wel nodig.")
    audit.assert_clean()
