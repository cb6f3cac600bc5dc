"""An editor writes a story from nothing, mends what is wrong, tries it, and it goes online."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import cms, stories
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.visitor import DESK

pytestmark = pytest.mark.browser


def test_story_goes_from_nothing_to_online(visit: Visit) -> None:
    title = "De geleende pas"
    audit = Audit(context={"include": [[".story-state"], [".story-told"]]})
    # Given an editor who writes two scenes, a reaction and two endings
    writer = visit(size=DESK)
    writer.may_be_refused(400)  # what has no title yet cannot be saved by itself
    writer.sign_in("redacteur")
    page = writer.page
    _write(page, title)
    stories.say_what_it_is_for(page)
    cms.save(page)
    # Then what is wrong stands at the scene where it is, and in the panel
    expect(stories.problems_at(page, 3)).to_contain_text(["gaat nog nergens heen"])
    expect(stories.problems(page).filter(has_text="gaat nog nergens heen")).to_be_visible()
    audit.look(page, "problems in the form")
    # And it cannot be handed in like this
    stories.submit_in_vain(page, 3, "gaat nog nergens heen")
    # When they mend it, the panel says that it is right
    stories.lead(page, "scenes-3-value-choices-1-value-target", "einde-je-pas-blijft-van-jou")
    cms.save(page)
    expect(page.get_by_role("heading", name="Dit verhaal klopt")).to_be_visible()
    audit.look(page, "a sound story")
    # And the map beside the form leads to a scene's form
    beside = cms.preview(page)
    expect(beside.get_by_role("heading", name="Dit verhaal klopt")).to_be_visible()
    beside.get_by_role("link", name="poort-later").click()
    expect(page.locator("[name=scenes-3-value-name]")).to_be_in_viewport()
    # When they play it from the second scene
    trial = stories.play_from(page, 3)
    expect(trial.get_by_text("Je pas is nog niet terug.")).to_be_visible()
    Audit().look(trial, "trial play")
    trial.get_by_role("link", name="Je meldt het").click()
    expect(trial.get_by_text("Je pas blijft van jou.")).to_be_visible()
    trial.close()
    # And hand it in
    stories.submit(page)
    # Then a second person approves, and the list says that it is online
    second = visit(size=DESK)
    second.sign_in("eindredacteur")
    cms.open_case(second.page, title)
    cms.act(second.page, cms.APPROVE)
    page.goto("/cms/verhalen/")
    row = page.get_by_role("row").filter(has_text=title)
    expect(row).to_contain_text("online")
    expect(row).to_contain_text("versie 1")
    whole = Audit(context={"include": [["main"]], "exclude": [[".footer"]]})
    whole.look(page, "list of scenarios")
    whole.look_narrow(page, "list of scenarios")
    for one in (audit, whole):
        one.assert_clean()


def _write(page: Page, title: str) -> None:
    """A story of two scenes, a reaction and two endings, in which one choice leads nowhere."""
    stories.new_story(page, title)
    stories.tell(page, 0, place="Kantine, vrijdag", text="Een collega wil je pas even lenen.")
    stories.choose(page, 0, 0, "Je geeft hem je pas", "+ Nieuwe reactie")
    stories.choose(page, 0, 1, "Je zegt nee", "+ Nieuw einde")
    stories.tell(page, 1, rationalisation="Het is maar een uurtje", text="Dat voelt klein.")
    stories.go_on(page, 1, "+ Nieuwe scène")
    stories.tell(page, 2, text="Je pas blijft van jou.")
    stories.end(page, 2, "veilig")
    stories.tell(page, 3, place="Poort, later", text="Je pas is nog niet terug.")
    stories.choose(page, 3, 0, "Je zwijgt", "+ Nieuw einde")
    stories.tell(page, 4, text="Het loopt slecht af.")
    stories.end(page, 4, "schade")
    page.locator("[name=scenes-3-value-choices-1-value-text]").fill("Je meldt het")
