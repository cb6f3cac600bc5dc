"""Who leads a layer above, and the programme, read totals: desk and phone, with axe."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser import learner, people
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import CALM, both_sizes

pytestmark = pytest.mark.browser

LEADS_A_REGION = "d.kowalska"
BELOW = "T001"


@both_sizes
def test_who_leads_a_region_reads_how_far_its_teams_are_without_a_name(
    visit: Visit, size: ViewportSize
) -> None:
    visitor, audit = visit(size=size, **CALM), Audit()
    visitor.sign_in(LEADS_A_REGION)
    page = visitor.page
    learner.follow(page, "Mijn team")
    learner.follow(page, "De teams hieronder")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hoe ver zijn de teams hieronder?")
    assert people.team_name(BELOW) in page.get_by_role("rowheader").all_inner_texts()
    shown = page.locator("main").inner_text()
    assert not [one.name for one in people.everybody() if one.name in shown]
    audit.look_everywhere(page, "the teams below")
    audit.assert_clean()


@both_sizes
def test_the_programme_reads_how_far_the_whole_organisation_is(
    visit: Visit, size: ViewportSize
) -> None:
    visitor, audit = visit(size=size, **CALM), Audit()
    visitor.sign_in("programma")
    page = visitor.page
    learner.follow(page, "Programma")
    learner.follow(page, "Hoe ver is de hele organisatie?")
    table = page.get_by_role("table").first
    regions = [*sorted(people.regions()), "Alle regio’s"]
    assert table.get_by_role("rowheader").all_inner_texts() == regions
    audit.look_everywhere(page, "the whole organisation")
    audit.assert_clean()
