"""Somebody says that a fact is not right, and the programme answers: both on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser import learner
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.visitor import CALM, PHONE

pytestmark = pytest.mark.browser
FACTS = "/mijn-gegevens/klopt-dit/"


def test_what_is_not_right_is_said_answered_and_read(visit: Visit, beginner: Person) -> None:
    audit = Audit()
    colleague, programme = visit(size=PHONE, **CALM), visit(size=PHONE, **CALM)
    colleague.may_be_refused(422)
    # Given somebody who says that an assignment and a team are not right
    colleague.sign_in(beginner.username)
    colleague.go("/mijn-gegevens/")
    page = colleague.page
    learner.follow(page, "Zeg wat er niet klopt")
    audit.look_everywhere(page, "facts")
    place = page.locator(".card").filter(has_text="sinds")
    place.get_by_role("link", name="Dit klopt niet").click()
    expect(page.get_by_text("Leer verandert het niet zelf")).to_be_visible()
    audit.look_everywhere(page, "where one works is not right")
    page.get_by_label("Wat moet het zijn?").fill("Ik werk in een ander team.")
    learner.press(page, "Verstuur")
    asked = page.locator(".card").filter(has_text=learner.MODULE)
    asked.get_by_role("link", name="Dit klopt niet").click()
    learner.press(page, "Verstuur")
    expect(page.get_by_role("alert")).to_be_visible()
    audit.look_everywhere(page, "not right, nothing filled in")
    page.get_by_label("Wat moet het zijn?").fill("Deze module is niet voor mij.")
    learner.press(page, "Verstuur")
    expect(asked).to_contain_text("Je krijgt uiterlijk op")
    audit.look_everywhere(page, "facts, asked")
    # When the programme answers
    programme.sign_in("programma")
    programme.go("/programma/")
    page = programme.page
    programme.may_be_refused(422)
    learner.follow(page, "Verzoeken om verbetering")
    expect(page.get_by_role("main")).not_to_contain_text(beginner.name)
    audit.look_everywhere(page, "requests for correction")
    page.locator(".card a").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(beginner.name)
    audit.look_everywhere(page, "a request for correction")
    page.get_by_label("Je antwoord").fill("Een basismodule is voor iedereen.")
    learner.press(page, "Verbeter dit")
    expect(page.get_by_text("Dit kan niet worden ingetrokken")).to_be_visible()
    audit.look_everywhere(page, "a request that cannot be followed")
    learner.press(page, "Laat het zo staan")
    expect(page.get_by_text("De collega leest waarom.")).to_be_visible()
    audit.look_everywhere(page, "a request, answered")
    # Then that is read
    colleague.go("/mijn-gegevens/")
    expect(colleague.page.get_by_role("main")).to_contain_text("Een basismodule is voor iedereen.")
    audit.look_everywhere(colleague.page, "own data, answered")
    audit.assert_clean()
