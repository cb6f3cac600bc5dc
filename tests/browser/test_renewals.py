"""One says that a module changed, another agrees, and a colleague reads what is new."""

import pytest
from playwright.sync_api import expect

from leer.demo import history
from tests.browser import people
from tests.browser.accessibility import WCAG, Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK, PHONE, Visitor

pytestmark = pytest.mark.browser
TEAM = "T001"  # one of those that have begun
A_MOMENT = 3000  # milliseconds in which the job is done
NEWS = "Sinds 1 november meld je een verloren pas dezelfde dag."


def test_a_change_asks_for_a_new_round_and_says_what_is_new(visit: Visit) -> None:
    audit = Audit(WCAG)
    # Given an editor who goes from the list to the module
    editor = visit(size=DESK)
    editor.sign_in("redacteur")
    page = editor.page
    editor.go("/cms/")
    page.get_by_role("link", name="Nieuwe rondes").click()
    audit.look_until_it_settles(page, "nieuwe rondes")
    page.get_by_role("link", name="Herken een benadering").last.click()
    # When they say what is new, they see how many people it means before they ask
    page.get_by_label("Wat is er nieuw?").fill(NEWS)
    page.get_by_role("button", name="Bekijk hoeveel collega’s het zijn").click()
    expect(page.get_by_role("status").get_by_text("Ten minste")).to_be_visible()
    audit.look_until_it_settles(page, "nieuwe ronde vragen")
    page.get_by_role("button", name="Vraag om deze ronde").click()
    # Then they cannot approve it themselves
    expect(page.get_by_text("Iemand van de eindredactie die dit niet zelf vroeg")).to_be_visible()
    expect(page.get_by_role("button", name="Keur goed")).to_have_count(0)
    # When a second person does
    chief = visit(size=DESK)
    chief.sign_in("eindredacteur")
    chief.page.goto(page.url)
    audit.look_until_it_settles(chief.page, "nieuwe ronde beoordelen")
    chief.page.get_by_role("button", name="Keur goed").click()
    expect(chief.page.get_by_text("goedgekeurd").first).to_be_visible()
    # Then somebody who did the module has it again, and reads why
    chief.page.wait_for_timeout(A_MOMENT)
    reader = _who_did_it(visit)
    expect(reader.page.get_by_text(NEWS)).to_be_visible()
    expect(reader.page.get_by_role("link", name="Bewijs van toen")).to_be_visible()
    expect(reader.page.get_by_role("button", name="Begin")).to_be_visible()
    audit.look_everywhere(reader.page, "module met iets nieuws")
    assert audit.found == []


def _who_did_it(visit: Visit) -> Visitor:
    """The first of the team who has it again, at the page of the module."""
    for person in people.team(TEAM):
        reader = visit(size=PHONE)
        reader.sign_in(person.username)
        reader.go(f"/leren/{history.MODULE}/")
        if reader.page.get_by_text("Bewijs van toen").count():
            return reader
    raise AssertionError("nobody of this team did the module")
