"""axe finds nothing on any screen of the three tasks, in both sizes, in light and dark; and at
320 pixels nothing sticks out.

WCAG 2.0, 2.1 and 2.2, levels A and AA, and axe's best practices. In Wagtail's admin, which is
not ours, the form is looked at without best practices (Wagtail's blocks are landmarks that share
a name) and without the inside of its rich text editor (which Wagtail leaves without a name).
"""

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import cms, learner, people, story
from tests.browser.accessibility import WCAG, Audit
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.visitor import CALM, SIZES, both_sizes

pytestmark = pytest.mark.browser


class Walk:
    """Looks at each screen that is come by."""

    def __init__(self, page: Page, audit: Audit) -> None:
        self.page, self.audit = page, audit

    def look(self, screen: str, *, dark: bool = False) -> None:
        """axe, and the narrow screen."""
        self.audit.look(self.page, screen, dark=dark)
        self.audit.look_narrow(self.page, screen)

    def go(self, path: str, screen: str, *, dark: bool = False) -> None:
        """Open a page and look at it."""
        self.page.goto(path)
        self.look(screen, dark=dark)


@both_sizes
def test_screens_of_the_learner(visit: Visit, beginner: Person, size: ViewportSize) -> None:
    visitor = visit(size=size, **CALM)
    visitor.may_be_refused(403, 404, 422)
    page, audit = visitor.page, Audit()
    walk = Walk(page, audit)
    walk.go("/inloggen/", "sign in", dark=True)
    visitor.sign_in(beginner.username)
    walk.look("Mijn leren, before", dark=True)
    walk.go(learner.MODULE_PATH, "module, before")
    page.goto("/mijn-leren/")
    learner.begin_module(page)
    _lessons(walk)
    _quiz(walk)
    _story(walk)
    walk.go(learner.MODULE_PATH, "module, after")
    walk.go(f"{learner.MODULE_PATH}bewijs/", "proof", dark=True)
    page.goto("/mijn-leren/")
    page.get_by_text("Gedaan: 1 module").click()
    walk.look("Mijn leren, after")
    _reading(walk)
    audit.assert_clean()


def _lessons(walk: Walk) -> None:
    for number in range(1, learner.LESSONS + 1):
        for film in walk.page.locator("details summary").all():
            film.click()
        walk.look(f"lesson {number}", dark=number == 1)
        learner.read_lesson(walk.page)


def _quiz(walk: Walk) -> None:
    page = walk.page
    walk.look("questions, start")
    learner.press(page, "Begin met de vragen")
    walk.look("question", dark=True)
    learner.press(page, "Bekijk het antwoord")
    expect(page.locator("#fout")).to_be_visible()
    walk.look("question, nothing chosen")
    for number in range(1, len(learner.QUESTIONS) + 1):
        learner.answer(page, number, right=number > 1)
        if number <= 2:
            walk.look(f"answer {number}", dark=True)
        learner.follow(page, "Volgende")
        if number == 1:
            walk.look("question with several answers")
    walk.look("questions, done")
    learner.follow(page, "Verder: Een oude bekende")


def _story(walk: Walk) -> None:
    walk.look("story, start")
    state = learner.begin_story(walk.page)
    walk.look("first scene", dark=True)
    targets = ["r-veel-verteld", *story.SAFE[1:]]
    for target in targets:
        state = learner.choose(walk.page, state, target)
        walk.look(f"reaction {target}", dark=target == targets[0])
        state = learner.choose(walk.page, state, story.onwards(state))
        walk.look(f"scene {state.passage}")
    assert story.is_over(state)
    walk.look("ending, after the last choice")
    walk.page.reload()
    for reaction in walk.page.locator(".path__more summary").all():
        reaction.click()
    walk.look("ending, as a page", dark=True)


def _reading(walk: Walk) -> None:
    walk.go("/casussen/", "cases", dark=True)
    walk.go("/casussen/?fase=contact", "cases, narrowed")
    walk.page.locator(".casefind summary").click()
    walk.look("cases, what can be chosen")
    for number, slug in enumerate(("de-pas-die-een-uur-weg-was", "wanneer-werkt-ruud")):
        walk.page.goto(f"/casussen/{slug}/")
        if number == 0:
            walk.look(f"case {slug}, what is said ahead", dark=True)
            learner.follow(walk.page, "Lees het verhaal")
        walk.look(f"case {slug}, before the choice", dark=number == 0)
        walk.page.locator("button.choice").first.click()
        walk.page.locator(".story__others summary").click()
        walk.look(f"case {slug}", dark=number == 0)
    learner.press(walk.page, "Ik heb deze casus gelezen")
    walk.look("cases, one read")
    walk.go("/casussen/wanneer-werkt-ruud/?heel=ja", "case, read before")
    walk.go("/casussen/wanneer-werkt-ruud/gesprek/", "guide to talk about a case")
    walk.go("/hulp/", "help", dark=True)
    walk.go("/info/privacy/", "privacy")
    walk.go("/info/toegankelijkheid/", "accessibility")
    walk.go("/bestaat-niet/", "not found")
    walk.go("/mijn-team/", "not for this role")


@both_sizes
def test_screens_of_the_manager(visit: Visit, size: ViewportSize) -> None:
    visitor = visit(size=size, **CALM)
    visitor.sign_in("leidinggevende")
    audit = Audit()
    walk = Walk(visitor.page, audit)
    visitor.may_be_refused(422)
    walk.go("/mijn-team/", "teams", dark=True)
    learner.follow(visitor.page, people.team_name("T001"))
    expect(visitor.page.locator(".stacks").first).to_be_visible()
    walk.look("team", dark=True)
    team = visitor.page.url
    walk.go(f"{team}?stand=te-doen", "team, one state", dark=True)
    walk.go(f"{team}verloop/", "team, week by week", dark=True)
    walk.go(f"{team}vervanging/", "deputies")
    learner.press(visitor.page, "Vraag om te vervangen")
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    walk.look("deputies, nothing filled in")
    audit.assert_clean()


@both_sizes
def test_screens_of_the_administrator(visit: Visit, size: ViewportSize) -> None:
    visitor = visit(size=size, **CALM)
    visitor.may_be_refused(422)
    visitor.sign_in("beheerder")
    audit = Audit()
    walk = Walk(visitor.page, audit)
    walk.go("/beheer/import/", "imports", dark=True)
    learner.press(visitor.page, "Bestanden controleren")
    expect(visitor.page.get_by_role("alert")).to_be_visible()
    walk.look("imports, nothing chosen")
    walk.go("/beheer/vervangingen/", "everybody who stands in")
    audit.assert_clean()


@both_sizes
def test_screens_of_the_editor(visit: Visit, size: ViewportSize) -> None:
    visitor = visit(size=size, **CALM)
    visitor.may_be_refused(400, 422)
    visitor.sign_in("redacteur")
    page = visitor.page
    audit = Audit(tags=WCAG, context={"exclude": [["[contenteditable=true]"]]})

    def look(screen: str) -> None:
        """All of it, so that what stays at the bottom hides nothing; all that moves done; and
        out of the editor, whose toolbar stays where it was when the window becomes another.
        """
        page.evaluate("document.activeElement.blur()")
        page.set_viewport_size({**size, "height": 4000})
        page.evaluate("document.getAnimations().map(one => one.finish())")
        cms.at_rest(page)
        audit.look_until_it_settles(page, screen)
        page.set_viewport_size(size)

    title = f"Wie kijkt er mee op {size['width']}?"
    page.goto("/cms/")
    look("the admin's front page")
    cms.new_case(page)
    look("a new case")
    cms.tell(page, title, "Toegankelijk schrijven.")
    cms.write_part(page, 0, "Het begin", "Er gebeurt iets.")
    cms.write_moment(page, "Het hek", "Wat nu?", {"Ik bel.": "Zo.", "Ik wacht.": "Ook zo."})
    cms.write_part(page, 2, "Later", "Er gebeurde niets.")
    cms.write_part(page, 3, "Wat het leert", "Vraag het na.")
    look("a case that was written")
    cms.say_where_it_comes_from(
        page, theme="Alert en weerbaar", source="Verzonnen.", review="2027-11-01"
    )
    cms.save(page)
    look("a saved case")
    if size == SIZES["desk"]:  # on a phone the preview opens in a tab of its own
        expect(cms.preview(page).get_by_role("heading", name="Het begin")).to_be_visible()
    page.reload()  # closes the preview
    cms.act(page, cms.SUBMIT)
    look("a submitted case")
    page.goto("/cms/kalender/")
    expect(page.get_by_role("link", name=title)).not_to_have_count(0)
    look("the editors' calendar")
    page.goto("/cms/afspraken/")
    look("the inventory of policies")
    page.get_by_role("link", name="Lees een lijst in").click()
    cms.show_list(page, "sleutel;titel;eigenaar\nfout;;BVI\n")
    expect(page.get_by_role("alert")).to_contain_text("is niet ingelezen")
    look("a list with a mistake")
    cms.show_list(page, "sleutel;titel;eigenaar\nnieuw;Nieuw;BVI\nnevenwerk;;HRM\n")
    expect(page.get_by_role("heading", name="1 overgeslagen")).to_be_visible()
    look("what a list would do")
    audit.assert_clean()
