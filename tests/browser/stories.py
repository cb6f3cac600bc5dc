"""What an editor does in the form of a story, step by step."""

from playwright.sync_api import Locator, Page, expect

from tests.browser import cms

SUBMIT = "Stuur door naar Scenario met tweede persoon"
TOLD = ".story-told .story-problem--error"


def new_story(page: Page, title: str) -> None:
    """From the list of scenarios to an empty story with a title and its first scene."""
    page.goto("/cms/verhalen/")
    page.get_by_role("link", name="Schrijf een scenario").click()
    expect(page.locator("form[data-w-unsaved-has-edits-value]")).to_be_visible()
    page.locator("#id_title").fill(title)
    plus = _scenes(page).get_by_title("Blok invoegen").first
    cms.insert(page, plus, "Scène", appears=page.locator("[name=scenes-0-value-place]"))


def tell(page: Page, number: int, *, text: str, **fields: str) -> None:
    """The text of a passage, and other fields of it by name."""
    for name, value in fields.items():
        page.locator(f"[name=scenes-{number}-value-{name}]").fill(value)
    page.locator(f"[name=scenes-{number}-value-texts-0-value-text]").fill(text)


def choose(page: Page, number: int, place: int, text: str, target: str) -> None:
    """A choice, and where it leads: to something there is, or to something new."""
    name = f"scenes-{number}-value-choices-{place}-value"
    page.locator(f"[name={name}-text]").fill(text)
    lead(page, f"{name}-target", target)


def go_on(page: Page, number: int, target: str) -> None:
    """Where it goes after a reaction."""
    lead(page, f"scenes-{number}-value-onwards-target", target)


def end(page: Page, number: int, outcome: str) -> None:
    """How it ends."""
    page.locator(f"[name=scenes-{number}-value-outcome]").select_option(label=outcome)


def say_what_it_is_for(page: Page) -> None:
    """The other tab: theme, outcome, source, and the day on which somebody looks again."""
    page.get_by_role("tab", name="Over dit verhaal").click()
    page.locator("#id_theme").select_option(label="Alert en weerbaar")
    page.locator("#id_goal").fill("Je houdt je pas bij je en zegt waarom.")
    page.locator("#id_review_on").fill("2027-11-01")
    page.locator("#id_source").click()
    page.locator("#id_source").fill("Verzonnen.")
    page.get_by_role("tab", name="Verhaal", exact=True).click()


def problems(page: Page) -> Locator:
    """What the panel at the top says must still be done."""
    return page.locator("[data-story-panel] .story-problem--error")


def problems_at(page: Page, number: int) -> Locator:
    """What stands at this scene itself."""
    return _passage(page, number).locator(TOLD)


def play_from(page: Page, number: int) -> Page:
    """Open the trial play at this scene, in a tab of its own."""
    cms.at_rest(page)
    with page.expect_popup() as opened:
        _passage(page, number).get_by_role("link", name="Speel vanaf hier").click()
    return opened.value


def submit(page: Page) -> None:
    """Hand it in."""
    cms.act(page, SUBMIT)


def submit_in_vain(page: Page, number: int, reason: str) -> None:
    """Hand it in, and read at this passage why that cannot be."""
    cms.open_menu(page).get_by_role("button", name=SUBMIT, exact=True).click()
    expect(page.get_by_role("button", name="Ga naar eerste fout")).to_be_visible()
    told = _passage(page, number).locator(".error-message, .help-critical")
    expect(told.filter(has_text=reason)).to_be_visible()


def lead(page: Page, name: str, target: str) -> None:
    """Choose where it goes from here."""
    page.locator(f"[name={name}] + select").select_option(label=target)
    cms.at_rest(page)


def _passage(page: Page, number: int) -> Locator:
    return page.locator(f"[name=scenes-{number}-id]").locator("xpath=..")


def _scenes(page: Page) -> Locator:
    return page.locator("[data-contentpath=scenes]").first
