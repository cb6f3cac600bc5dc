"""The programme looks at the risk of teams, proposes and decides: desk, phone, keyboard."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser import learner
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import CALM, both_sizes

pytestmark = pytest.mark.browser

SECOND = "a.nowak"


@both_sizes
def test_the_programme_sees_why_a_team_has_its_score(visit: Visit, size: ViewportSize) -> None:
    visitor, audit = visit(size=size, **CALM), Audit()
    visitor.sign_in("programma")
    page = visitor.page
    # Given all teams, by name
    learner.follow(page, "Risico")
    names = page.locator("tbody th a").all_inner_texts()
    assert names == sorted(names)
    audit.look_everywhere(page, "all teams")
    # When one is opened, from the second page of the list
    learner.follow(page, "Volgende")
    learner.follow(page, "Scan en detectie West 1")
    # Then it says what the score is made of, and how firm it is
    expect(page.get_by_role("img", name="De score als balk")).to_be_visible()
    expect(page.get_by_role("heading", name="Hoe vast is dit?")).to_be_visible()
    audit.look_everywhere(page, "a team's risk")
    learner.follow(page, "versie 1")
    audit.look_everywhere(page, "a version")
    # And what asks for attention is on one page
    visitor.go("/risico/herzien/")
    audit.look_everywhere(page, "what asks for attention")
    for path, screen in (("voorlopig", "bulk start"), ("inlezen", "files")):
        visitor.go(f"/risico/{path}/")
        audit.look_everywhere(page, screen)
    audit.assert_clean()


def test_two_people_make_a_version_by_keyboard_and_without_javascript(visit: Visit) -> None:
    audit = Audit()
    hanna = visit(java_script_enabled=False, **CALM)
    hanna.may_be_refused(422)
    hanna.sign_in("programma")
    page = hanna.page
    learner.follow(page, "Risico")
    learner.follow(page, "Balie West")
    learner.follow(page, "Stel een nieuwe versie voor")
    # Given a form with what stood there, one choice is made with the keys and a reason emptied
    page.locator("#id_power-level_1").focus()
    page.keyboard.press("ArrowDown")
    page.locator("#id_power-reason").fill("")
    page.get_by_role("button", name="Leg voor").click()
    # Then it says what is missing, where, and keeps the choice
    expect(page.get_by_role("alert")).to_contain_text("Schrijf waarom je dit koos")
    expect(page.locator("#id_power-level_2")).to_be_checked()
    page.locator("#id_power-reason").fill("Sinds de zomer beslist het team met vier ogen.")
    page.get_by_role("button", name="Leg voor").click()
    expect(page.get_by_role("main")).to_contain_text("Iemand anders van het programma besluit")
    address = page.url.removeprefix(hanna.address)
    # When somebody else opens it
    second = visit(**CALM)
    second.may_be_refused(422)
    second.sign_in(SECOND)
    second.go(address.replace("versie/2/", "voorstel/"))
    expect(second.page.get_by_role("heading", level=1)).to_have_text("Klopt dit voorstel?")
    audit.look_everywhere(second.page, "a proposal")
    second.page.get_by_label("Waarom besluit je zo?").fill("Klopt met de nieuwe werkinstructie.")
    second.page.get_by_role("button", name="Keur goed").click()
    # Then it counts
    expect(second.page.get_by_role("status")).to_contain_text("Goedgekeurd")
    second.go(address.replace("versie/2/", "voorstel/"))
    audit.look_everywhere(second.page, "the form")
    second.page.get_by_label("Datum van de bron").first.fill("2020-01-01")
    second.page.locator("#id_power-source").fill("")
    second.page.get_by_role("button", name="Leg voor").click()
    audit.look_everywhere(second.page, "the form with errors")
    audit.assert_clean()


def test_a_manager_does_not_find_it(visit: Visit) -> None:
    visitor = visit()
    visitor.sign_in("leidinggevende")
    expect(visitor.page.get_by_role("link", name="Risico")).to_have_count(0)
    visitor.may_be_refused(403)
    assert visitor.go("/risico/").status == 403
