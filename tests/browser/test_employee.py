"""An employee does the module, on one device and another, and keeps proof of it."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import learner, people, story
from tests.browser.conftest import Visit
from tests.browser.learner import MODULE
from tests.browser.people import Person
from tests.browser.visitor import DESK, PHONE

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("first", "second", "team"),
    [
        pytest.param(PHONE, DESK, "T001", id="phone-then-desk"),
        pytest.param(DESK, PHONE, "T002", id="desk-then-phone"),
    ],
)
def test_employee_does_the_module_on_two_devices_and_the_manager_sees_it(
    visit: Visit, first: ViewportSize, second: ViewportSize, team: str
) -> None:
    # Given a manager who sees that a colleague has not begun
    manager = visit()
    manager.sign_in("leidinggevende")
    colleague = _somebody_to_begin(manager.page, team)
    # When the colleague sees what is due and begins
    one = visit(size=first)
    one.sign_in(colleague.username)
    page = one.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Je hebt nog één module")
    due = page.locator(".due strong").inner_text()
    assert re.fullmatch(r"\d{1,2} [a-z]+ 20\d\d", due)
    learner.begin_module(page)
    # Then the manager sees that it was begun
    assert _state_of(manager.page, colleague.name) == "bezig"
    # When the colleague reads the lessons, tries a wrong answer and a right one
    learner.read_lessons(page)
    learner.press(page, "Begin met de vragen")
    wrong = learner.answer(page, 1, right=False)
    expect(page.locator("#uitslag")).to_have_text("Dit lukte nog niet")
    expect(page.locator(".results").first).to_contain_text(wrong["reactie"])
    learner.follow(page, "Volgende")
    right = learner.answer(page, 2, right=True)
    expect(page.locator("#uitslag")).to_have_text("Dat klopt")
    expect(page.locator(".results").first).to_contain_text(right["reactie"])
    learner.follow(page, "Volgende")
    for number in range(3, len(learner.QUESTIONS) + 1):
        learner.answer(page, number, right=True)
        learner.follow(page, "Volgende")
    expect(page.locator(".lead")).to_contain_text("Bij 5 van de 6")
    # And stops in the middle of the story
    learner.follow(page, "Verder: Een oude bekende")
    state = learner.begin_story(page)
    state = learner.choose_and_go_on(page, state, story.SAFE[0])
    state = learner.choose(page, state, story.SAFE[1])
    stopped_at = learner.scene_text(page)
    # Then another device goes on at the same scene, with the same words
    other = visit(size=second)
    other.sign_in(colleague.username)
    page = other.page
    expect(page.locator(".next__where")).to_contain_text("Een oude bekende")
    expect(page.locator(".due strong")).to_have_text(due)
    page.locator(".next__go").get_by_role("link", name="Verder waar je was").click()
    assert learner.scene_text(page) == stopped_at
    # When the story is finished there
    state = learner.choose(page, state, story.onwards(state))
    state = learner.choose_and_go_on(page, state, story.SAFE[2])
    assert story.is_over(state)
    expect(page.get_by_role("heading", name="Je hebt de module gedaan")).to_be_visible()
    # Then it shows as done, with proof
    page.goto("/mijn-leren/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je hebt nog één afspraak te lezen")
    page.get_by_text("Gedaan: 1 module").click()
    expect(page.locator(".doneitem")).to_contain_text(f"{MODULE} gedaan op {learner.today()}")
    page.locator(".doneitem").get_by_role("link", name="Bewijs").click()
    expect(page.locator(".proof__name")).to_have_text(colleague.name)
    expect(page.locator(".proof__module")).to_have_text(MODULE)
    expect(page.locator(".proof__facts")).to_contain_text(learner.today())
    # And the manager sees it too
    assert _state_of(manager.page, colleague.name) == "gedaan"


def test_proof_of_a_module_that_is_not_done_is_not_there(visit: Visit, beginner: Person) -> None:
    visitor = visit()
    visitor.sign_in(beginner.username)
    visitor.may_be_refused(404)
    assert visitor.go(f"{learner.MODULE_PATH}bewijs/").status == 404


def _somebody_to_begin(page: Page, team: str) -> Person:
    """The first in the manager's list of this team who is still to begin."""
    page.goto("/mijn-team/")
    learner.follow(page, people.team_name(team))
    to_begin = page.locator(".stacks").get_by_role("row").filter(has_text="te doen")
    name = to_begin.first.get_by_role("rowheader").inner_text()
    (found,) = [person for person in people.team(team) if person.name == name]
    return found


def _state_of(page: Page, name: str) -> str:
    page.reload()
    row = page.locator(".stacks").get_by_role("row", name=name)
    return row.locator(".state").inner_text().strip()
