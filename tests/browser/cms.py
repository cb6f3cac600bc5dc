"""What an editor does in Wagtail's admin, step by step.

Wagtail saves by itself a moment after every change. The first time, the new page gets an address
of its own and parts of the form are put in anew; whoever clicks just then clicks what is no longer
there. So what is written ends with ``save``, which waits for that first time. And what was typed
in the first two seconds is no change to Wagtail, so a new form is waited for longer than a person
would.

New blocks slide open, by script. A click on what slides away between mouse down and mouse up is
none, and whoever sees that nothing happened clicks again: that is what ``insert`` does.
"""

import re
from contextlib import suppress

from playwright.sync_api import Locator, Page, TimeoutError, expect

ITS_OWN_ADDRESS = re.compile(r"/cms/pages/\d+/edit/(#.*)?$")
PLACES_STAY = """() => {
    const places = [...document.querySelectorAll('button, [role=option]')].map(one => {
        const {x, y, width, height} = one.getBoundingClientRect();
        return [x, y, width, height].map(Math.round);
    }).join();
    const stayed = window.placesBefore === places;
    window.placesBefore = places;
    return stayed && !window.jQuery?.timers.length;
}"""
TRIES = 8
A_MOMENT = 10_000  # milliseconds in which a click that can be made is made
SUBMIT = "Stuur door naar Casus met tweede persoon"
APPROVE = "Keur goed en publiceer"


def new_case(page: Page) -> None:
    """From the menu to an empty case."""
    page.goto("/cms/pages/add/cursussen/casepage/" + _index_of_cases(page) + "/")
    expect(page.get_by_role("heading", name="Nieuw: Casus")).to_be_visible()
    expect(page.locator("form[data-w-unsaved-has-edits-value]")).to_be_visible()


def tell(page: Page, title: str, summary: str) -> None:
    """What it is called, and what it is about."""
    page.locator("#id_title").fill(title)
    page.locator("#id_summary").fill(summary)


def upload_picture(page: Page, name: str, content: bytes, alt: str) -> None:
    """A picture from one's own machine, with its words."""
    page.get_by_role("button", name="Kies een afbeelding").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("tab", name="Uploaden").click()
    chosen = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    dialog.locator("input[type=file]").set_input_files(chosen)
    expect(dialog.locator("#id_image-chooser-upload-title")).to_have_value(name.partition(".")[0])
    dialog.get_by_role("button", name="Uploaden").click()
    expect(dialog).to_be_hidden()
    page.locator("#id_picture_alt").fill(alt)


def write_part(page: Page, number: int, title: str, text: str) -> None:
    """One of the parts that stand ready in a new case."""
    sections = page.locator("[data-contentpath=sections]")
    sections.locator(f"[name=sections-{number}-value-title]").fill(title)
    body = sections.locator("[data-contentpath=body]").nth(number)
    body.locator("[contenteditable=true]").fill(text)


def write_moment(page: Page, title: str, question: str, options: dict[str, str]) -> None:
    """The second part, where the reader chooses: what one could do, and what there is to say
    about it.
    """
    write_part(page, 1, title, title)
    sections = page.locator("[data-contentpath=sections]")
    sections.locator("[name=sections-1-value-question]").fill(question)
    for place, (words, reflection) in enumerate(options.items()):
        sections.locator(f"[name=sections-1-value-options-{place}-value-text]").fill(words)
        said = sections.locator("[data-contentpath=reflection] [contenteditable=true]").nth(place)
        said.fill(reflection)


def insert(page: Page, plus: Locator, kind: str = "", *, appears: Locator) -> None:
    """Put a block in, of this kind where there is a menu; each time that all is at rest, do what
    is next: open the menu, or choose from it.
    """
    choice = page.locator(".w-combobox").get_by_role("option").filter(has_text=kind)
    for _try in range(TRIES):
        at_rest(page)
        if appears.is_visible():
            return
        with suppress(TimeoutError):
            (choice if choice.count() else plus).click(timeout=A_MOMENT)
    expect(appears).to_be_visible(timeout=A_MOMENT)


def say_where_it_comes_from(page: Page, *, theme: str, source: str, review: str) -> None:
    """Theme, origin, source, and the day on which somebody looks again."""
    page.get_by_role("checkbox", name=theme).check()
    page.locator("#id_review_on").fill(review)
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    expect(calendar).to_be_visible()
    page.locator("#id_source").click()
    expect(calendar).to_have_count(0)
    page.locator("#id_source").fill(source)
    page.locator("#id_origin").select_option(label="geconstrueerd")


def save(page: Page) -> None:
    """Wait until the page has an address of its own; then save what was typed since.

    The last field is left first: the page moves when a field that was changed is left, and takes
    the button along.
    """
    expect(page).to_have_url(ITS_OWN_ADDRESS)
    page.evaluate("document.activeElement.blur()")
    at_rest(page)
    page.get_by_role("button", name="Bewaar concept").click()
    expect(page.locator(".messages .success")).to_be_visible()


def at_rest(page: Page) -> None:
    """Wait until nothing on the page moves any more: new blocks slide open by script."""
    page.wait_for_function(PLACES_STAY, polling=200)


def preview(page: Page) -> Locator:
    """Open the preview beside the form; returns the page in it."""
    at_rest(page)
    page.locator("[data-side-panel-toggle=preview]").click()
    return page.frame_locator("[data-w-preview-target=iframe]").last.locator("body")


def actions(page: Page) -> list[str]:
    """What this person may do with the page, by the words in the menu at the bottom."""
    footer = open_menu(page)
    return footer.locator("button:visible, a:visible").all_inner_texts()


def act(page: Page, name: str) -> None:
    """Do one of them, and read that it is done on the page that one comes to."""
    open_menu(page).get_by_role("button", name=name, exact=True).click()
    expect(page).not_to_have_url(ITS_OWN_ADDRESS)
    expect(page.locator(".messages .success")).to_be_visible()


def let_pass(page: Page) -> list[str]:
    """On the gate's screen: all of it was made up. Returns what was found, and ends at the case."""
    page.get_by_role("link", name="Bekijk wat er is gevonden").click()
    found = page.locator(".gate__item > p > mark")
    expect(found.first).to_be_visible()
    told = found.all_inner_texts()
    for _one in told:
        item = page.locator(".gate__item").first
        item.locator("summary").click()
        item.get_by_label("Waarom mag dit blijven staan?").select_option("invented")
        item.get_by_role("button", name="Laat dit staan").click()
        expect(page.locator(".messages .success")).to_be_visible()
    page.get_by_role("link", name="Naar de casus", exact=True).click()
    expect(page).to_have_url(ITS_OWN_ADDRESS)
    return told


def open_case(page: Page, title: str) -> None:
    """From the admin's front page to a case that waits for a second person."""
    page.goto("/cms/")
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page).to_have_url(ITS_OWN_ADDRESS)


def open_menu(page: Page) -> Locator:
    """Everything that can be done with the page."""
    at_rest(page)
    footer = page.get_by_role("navigation", name="Acties (footer)")
    footer.get_by_role("button", name="Meer acties").click()
    return footer


def _index_of_cases(page: Page) -> str:
    page.goto("/cms/pages/")
    link = page.locator("a[href^='/cms/pages/'][href$='/edit/']", has_text="Casussen")
    address = link.first.get_attribute("href")
    assert address is not None
    return address.split("/")[3]


def show_list(page: Page, text: str) -> None:
    """Choose a list of policies with these lines, and see what it would do."""
    file = {"name": "lijst.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("Lijst van afspraken (.csv)").set_input_files(files=[file])
    page.get_by_role("button", name="Bekijk wat er gebeurt").click()
