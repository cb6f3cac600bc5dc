"""An editor reads how people go through a story, on a desk and on a phone, and takes it along."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser import learner
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import CALM, both_sizes

pytestmark = pytest.mark.browser

STORY = "Een oude bekende"


@both_sizes
def test_editor_sees_how_people_go_through_a_story(visit: Visit, size: ViewportSize) -> None:
    visitor, audit = visit(size=size, **CALM), Audit()
    visitor.sign_in("redacteur")
    page = visitor.page
    # Given the list of stories, each with how many people played it
    learner.follow(page, "Cijfers")
    audit.look_everywhere(page, "figures")
    # When the editor opens the one that was played
    learner.follow(page, STORY)
    # Then a sentence says by how many
    expect(page.get_by_role("heading", level=1)).to_contain_text("Minstens 2")
    # And the picture and its tables say where they went
    expect(page.get_by_role("region", name="Tekening van het verhaal")).to_be_visible()
    expect(page.locator(".figures__people").first).to_be_visible()
    page.get_by_text("Zo lees je deze cijfers").click()
    audit.look_everywhere(page, "a story's figures")
    audit.assert_clean()


def test_what_is_downloaded_is_what_is_on_the_page(visit: Visit) -> None:
    visitor = visit()
    visitor.sign_in("programma")
    page = visitor.page
    learner.follow(page, "Cijfers")
    learner.follow(page, STORY)
    shown = [text.strip() for text in page.locator(".figures__people").all_inner_texts()]
    with page.expect_download() as download:
        page.get_by_role("link", name="Download deze cijfers (CSV)").click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()[2:]
    cells = [cell for row in rows for cell in row.split(";")[-2:]]
    came = [cell for row in rows if ";kwam hier;" in row for cell in row.split(";")[-2:]]
    figures = sorted(cell for cell in cells if cell.isdigit())
    for cell in came:
        if cell.isdigit():
            figures.remove(cell)
    assert figures == sorted(shown)


def test_who_only_learns_sees_no_figures(visit: Visit) -> None:
    visitor = visit()
    visitor.sign_in("medewerker")
    expect(visitor.page.get_by_role("link", name="Cijfers")).to_have_count(0)
    visitor.may_be_refused(403)
    assert visitor.go("/cijfers/").status == 403
