"""Somebody who reads English better chooses it in the footer; what editors wrote stays Dutch."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import learner
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser

MENU = ("Mijn leren", "Casussen", "Uitloggen", "Direct naar de inhoud", "Hulp", "Taal")
# Words that no English sentence has and no Dutch page is without.
DUTCH = re.compile(r"\b(je|het|een|niet|van|voor|naar|deze|geen|ook|bij|zijn|wat)\b", re.IGNORECASE)
# What Leer says itself: without what is marked as Dutch (the content), and without names
# (WCAG 3.1.2 lets a proper name stand in its own language).
INTERFACE = """() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('[lang=nl], .person__name, script').forEach(part => part.remove());
    const text = copy.textContent.replace(/\\s+/g, ' ');
    return text.replaceAll('Huis voor Klokkenluiders', '');
}"""
PAGES = (
    "/mijn-leren/",
    learner.MODULE_PATH,
    f"{learner.MODULE_PATH}iedereen-kan-doelwit-zijn/",
    f"{learner.MODULE_PATH}wat-zie-je/",
    learner.STORY_PATH,
    "/casussen/",
    "/casussen/wanneer-werkt-ruud/",
    "/hulp/",
    "/info/privacy/",
)


def test_choosing_english_switches_the_interface_and_keeps_the_place(
    visit: Visit, beginner: Person
) -> None:
    # Given somebody who reads a Dutch page
    visitor = visit(size=PHONE)
    visitor.sign_in(beginner.username)
    visitor.go("/casussen/")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "nl")
    # When they choose English
    learner.press(visitor.page, "English")
    # Then the same page is there in English
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    assert visitor.page.url.endswith("/casussen/")
    text = visitor.page.evaluate(INTERFACE)
    assert [word for word in MENU if word in text] == []
    # And choosing Dutch brings it back
    learner.press(visitor.page, "Nederlands")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "nl")


def test_every_page_speaks_english_once_it_is_chosen(visit: Visit, beginner: Person) -> None:
    visitor = visit()
    visitor.sign_in(beginner.username)
    learner.begin_module(visitor.page)
    learner.press(visitor.page, "English")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    left = {path: found for path in PAGES if (found := _dutch(visitor.page, path))}
    assert left == {}


def test_story_is_played_with_an_english_interface(visit: Visit, beginner: Person) -> None:
    visitor = visit(size=PHONE)
    visitor.sign_in(beginner.username)
    learner.begin_module(visitor.page)
    learner.press(visitor.page, "English")
    visitor.go(learner.STORY_PATH)
    visitor.page.locator("main form button").click()
    expect(visitor.page.locator("#scene")).to_have_text("Scene 1")
    visitor.page.locator("#stage button").first.click()
    expect(visitor.page.locator("#stage.stage--reaction")).to_be_visible()
    assert DUTCH.findall(visitor.page.evaluate(INTERFACE)) == []


def _dutch(page: Page, path: str) -> list[str]:
    """What is still Dutch there, with what stands round it."""
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    text = page.evaluate(INTERFACE)
    return [text[max(0, m.start() - 30) : m.end() + 30] for m in DUTCH.finditer(text)]
