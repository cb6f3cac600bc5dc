"""A colleague reads a policy on a phone without scripts, and says that it is understood."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import cms, learner
from tests.browser.accessibility import WCAG, Audit
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.visitor import CALM, PHONE, fits

pytestmark = pytest.mark.browser
POLICY = "Benaderd? Meld het dezelfde dag"
PATH = "/afspraken/benaderd-meld-het-dezelfde-dag/"
FIRST, SECOND = "Je vertelt het vandaag in een paar zinnen", "Je belt vandaag het contactpunt"
WRONG = "Niets. Je zei nee"


def test_colleague_reads_understands_and_finds_the_text_again(
    visit: Visit, beginner: Person
) -> None:
    # Given a phone on which scripts are off
    visitor = visit(size=PHONE, java_script_enabled=False)
    visitor.sign_in(beginner.username)
    page = visitor.page
    # When the colleague finds in Mijn leren what to read, and reads it
    expect(page.get_by_role("heading", name="Afspraken lezen: 3 minuten")).to_be_visible()
    page.get_by_role("link", name=POLICY).click()
    expect(page.get_by_role("heading", name="Wat we afspreken")).to_be_visible()
    page.get_by_role("link", name="Gelezen, naar twee situaties").click()
    # And answers wrong, then right, and presses the button
    answer(page, WRONG)
    expect(page.locator(".verdict")).to_contain_text("Dit lukte nog niet")
    answer(page, FIRST)
    expect(page.locator(".verdict")).to_contain_text("Dat klopt")
    answer(page, SECOND)
    page.get_by_role("button", name="Gelezen en begrepen").click()
    # Then it says so, with the text of then
    done = page.locator(".note--done")
    expect(done).to_contain_text(f"Dat zei je op {learner.today()}, van versie 1.")
    page.get_by_role("link", name="De tekst die je toen las").click()
    expect(page.locator(".exact")).to_contain_text("## Wat we afspreken")
    # And Mijn leren does not ask again
    page.goto("/mijn-leren/")
    expect(page.get_by_text("Afspraken lezen")).to_have_count(0)
    expect(page.get_by_text("Gelezen en begrepen: 1 afspraak")).to_be_visible()


def test_editor_brings_in_what_the_service_found(visit: Visit, beginner: Person) -> None:
    # Given a list from a spreadsheet, with a mistake
    writer = visit()
    writer.may_be_refused(422)
    writer.sign_in("redacteur")
    page = writer.page
    page.goto("/cms/")
    page.get_by_role("link", name="Naar de afspraken").click()
    page.get_by_role("link", name="Lees een lijst in").click()
    cms.show_list(page, "sleutel;titel;eigenaar\nrookbeleid;;Facilitair\n")
    # When it is mended in the place that is told
    expect(page.get_by_role("row", name="2 titel")).to_be_visible()
    cms.show_list(page, "sleutel;titel;eigenaar\nrookbeleid;Rookbeleid;Facilitair\n")
    # Then what would happen is shown first, and happens when the editor says so
    expect(page.get_by_role("heading", name="1 nieuw concept")).to_be_visible()
    page.get_by_role("button", name="Lees in").click()
    expect(page.get_by_text("Nieuwe concepten: 1.")).to_be_visible()
    page.get_by_label("Stand").select_option("gevonden")
    page.get_by_role("button", name="Laat zien").click()
    row = page.get_by_role("row", name="Rookbeleid")
    expect(row).to_contain_text("Facilitair")
    page.goto("/cms/kalender/")
    expect(page.get_by_role("link", name="Rookbeleid")).to_be_visible()
    # And no colleague reads it yet
    reader = visit(size=PHONE)
    reader.sign_in(beginner.username)
    reader.go("/afspraken/")
    expect(reader.page.get_by_role("link", name="Rookbeleid")).to_have_count(0)


def test_screens_of_policies_are_accessible_and_fit(visit: Visit, beginner: Person) -> None:
    visitor = visit(size=PHONE, **CALM)
    visitor.may_be_refused(422)
    visitor.sign_in(beginner.username)
    page, audit = visitor.page, Audit()

    def look(screen: str) -> None:
        audit.look_everywhere(page, screen)
        fits(page)

    page.goto("/afspraken/")
    look("all policies")
    page.goto("/afspraken/geschenken-en-uitnodigingen/")
    look("a policy with something to fill in")
    page.goto(PATH)
    page.get_by_text("Over deze tekst").click()
    look("a policy")
    page.get_by_role("link", name="Gelezen, naar twee situaties").click()
    look("a situation")
    page.get_by_role("button", name="Bekijk het antwoord").click()
    expect(page.locator("#fout")).to_be_focused()
    look("nothing chosen")
    answer(page, WRONG)
    expect(page.locator(".verdict__title")).to_be_focused()
    look("not yet right")
    answer(page, FIRST)
    expect(page.locator("#uitslag-1")).to_be_focused()
    look("the second situation")
    answer(page, SECOND)
    look("understood")
    page.get_by_role("button", name="Gelezen en begrepen").click()
    look("done")
    page.get_by_role("link", name="De tekst die je toen las").click()
    look("the exact text")
    audit.assert_clean()


def test_editor_sees_every_version_of_a_policy(visit: Visit) -> None:
    visitor = visit(**CALM)
    visitor.sign_in("redacteur")
    page = visitor.page
    # Wagtail leaves the fields in its text blocks without a name, plain or rich.
    nameless = [["[contenteditable=true]"], ["input[id^=body-][id$=-value]"]]
    audit = Audit(tags=WCAG, context={"exclude": nameless})
    page.goto("/cms/pages/search/?q=Geschenken")
    page.locator("main a", has_text="Geschenken en uitnodigingen").first.click()
    expect(page.locator(".policy-versions")).to_contain_text("Minder dan 10 collega’s")
    page.set_viewport_size({"width": 1280, "height": 4000})
    cms.at_rest(page)
    audit.look_until_it_settles(page, "the form of a policy")
    audit.assert_clean()


def answer(page: Page, words: str) -> None:
    """Choose what begins with these words, and look."""
    page.get_by_role("radio", name=words).check()
    page.get_by_role("button", name="Bekijk het antwoord").click()
