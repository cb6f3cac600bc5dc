"""Somebody finds out what all of it is for, from any page, on a phone and on a desk."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser import learner
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import CALM, both_sizes, fits

pytestmark = pytest.mark.browser


@both_sizes
def test_editor_reads_what_it_is_for_and_sees_what_no_module_serves(
    visit: Visit, size: ViewportSize
) -> None:
    visitor, audit = visit(size=size, **CALM), Audit()
    visitor.sign_in("redacteur")
    page = visitor.page

    def look(screen: str) -> None:
        audit.look_everywhere(page, screen)
        fits(page)

    # From the foot of any page to the six themes, and to one of them
    learner.follow(page, "Waar dit over gaat")
    expect(page.locator(".card")).to_have_count(6)
    look("all themes")
    learner.follow(page, "Alert en weerbaar")
    expect(page.get_by_text("kunnen ook mij en mijn directe collega’s overkomen")).to_be_visible()
    look("a theme")
    # Back, to the goals and the words
    learner.follow(page, "Alle thema’s")
    learner.follow(page, "Doelen")
    expect(page.locator(".tree__branches > li")).to_have_count(5)
    look("the goals")
    learner.follow(page, "Woordenlijst")
    learner.follow(page, "Moresprudentie")
    expect(page.locator("#moresprudentie")).to_be_in_viewport()
    look("the glossary")
    # And to what serves what, from a hole in which a new module begins
    learner.follow(page, "Kenmerken en modules")
    look("outcomes and modules")
    page.get_by_role("link", name="Maak een module").first.click()
    serves = page.get_by_role("region", name="Kenmerken")
    expect(serves).to_be_visible()
    expect(serves.get_by_role("checkbox", checked=True)).to_have_count(1)
    audit.assert_clean()
