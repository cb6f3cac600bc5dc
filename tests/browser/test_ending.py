"""After the ending: the way back to any scene, a sentence that nobody else reads; and a line that
falls away in the middle.
"""

import pytest
from playwright.sync_api import Request, expect

from tests.browser import learner, story
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.test_without_javascript import Keyboard
from tests.browser.visitor import NARROW, PHONE, Visitor, fits

pytestmark = pytest.mark.browser

SENTENCE = "dan zeg ik dat ik daar nooit iets over vertel"
with_and_without_javascript = pytest.mark.parametrize(
    "javascript", [pytest.param(True, id="htmx"), pytest.param(False, id="no-javascript")]
)


def _played(visit: Visit, person: Person, **options: object) -> Visitor:
    """Somebody who has just come to a safe ending."""
    visitor = visit(**{"size": PHONE, **options})
    visitor.sign_in(person.username)
    state = learner.go_to_story(visitor.page)
    for target in story.SAFE:
        state = learner.choose_and_go_on(visitor.page, state, target)
    assert story.is_over(state)
    return visitor


def test_each_step_moves_the_focus_to_the_new_scene_and_the_title_says_where_one_is(
    visit: Visit, beginner: Person
) -> None:
    visitor = visit(size=PHONE)
    visitor.sign_in(beginner.username)
    page, state = visitor.page, learner.go_to_story(visitor.page)
    expect(page).to_have_title("Scène 1 – Een oude bekende – Leer")
    state = learner.choose(page, state, story.SAFE[0])
    expect(page.locator("#scene")).to_be_focused()
    expect(page).to_have_title("Je koos – Een oude bekende – Leer")
    learner.choose(page, state, story.onwards(state))
    expect(page.locator("#scene")).to_be_focused()
    expect(page).to_have_title("Scène 2 – Een oude bekende – Leer")


def test_kind_word_of_a_stale_tab_is_said_in_a_live_region(visit: Visit, beginner: Person) -> None:
    visitor = visit(size=PHONE)
    visitor.sign_in(beginner.username)
    state = learner.go_to_story(visitor.page)
    stale = visitor.context.new_page()
    stale.goto(learner.STORY_PATH)
    notice = stale.locator("#melding[aria-live=polite]")
    expect(notice).to_be_empty()
    learner.choose(visitor.page, state, "r-haast")
    learner.choice_button(stale, state, "r-kort-gehouden").click()
    expect(notice).to_have_text("Je was hier al verder. Dit is waar je nu bent.")


def test_a_line_that_falls_away_loses_nothing_and_the_same_button_goes_on(
    visit: Visit, beginner: Person
) -> None:
    # Given somebody in a train
    visitor = visit(size=PHONE)
    visitor.sign_in(beginner.username)
    page, state = visitor.page, learner.go_to_story(visitor.page)
    # When they choose in a tunnel
    visitor.context.set_offline(True)
    learner.choice_button(page, state, story.SAFE[0]).click()
    expect(page.get_by_role("alert")).to_contain_text("Dat kwam niet aan")
    learner.expect_scene(page, state)
    # Then after it the same button brings them on
    visitor.context.set_offline(False)
    visitor.faults.clear()  # the browser tells of the tunnel
    there = learner.choose(page, state, story.SAFE[0])
    expect(page.locator("#niet-gelukt")).to_be_hidden()
    page.reload()
    learner.expect_scene(page, there)


@with_and_without_javascript
def test_again_from_the_second_scene_goes_on_there(
    visit: Visit, beginner: Person, *, javascript: bool
) -> None:
    # Given somebody who came to an ending
    visitor = _played(visit, beginner, java_script_enabled=javascript)
    page = visitor.page
    fits(page)
    # When they go back to the second scene of their way
    page.get_by_role("button", name="Opnieuw vanaf hier (keuze 2)").click()
    expect(page.locator("#scene")).to_have_text("Scène 2")
    # Then the scene is as it was, and another choice leads elsewhere
    state = story.begin()
    state = story.choose(state, story.SAFE[0])
    state = story.choose(state, story.onwards(state))
    learner.expect_scene(page, state)
    other = next(choice for choice in story.targets(state) if choice != story.SAFE[1])
    state = learner.choose(page, state, other)
    # And the tab of before the ending only shows where one is
    page.go_back()
    page.goto(learner.STORY_PATH)
    learner.expect_scene(page, state)


def test_ending_by_keyboard_alone_on_a_narrow_screen(visit: Visit, beginner: Person) -> None:
    visitor = _played(visit, beginner, size=NARROW, java_script_enabled=False)
    hands = Keyboard(visitor)
    hands.press(visitor.page.locator("summary").first)
    expect(visitor.page.locator(".path__more[open]")).to_have_count(1)
    fits(visitor.page)
    hands.press(visitor.page.get_by_role("button", name="Opnieuw vanaf hier (keuze 3)"))
    expect(visitor.page.locator("#scene")).to_have_text("Scène 3")


def test_a_sentence_is_offered_back_by_this_browser_and_no_request_carries_it(
    visit: Visit, beginner: Person
) -> None:
    # Given somebody at an ending
    visitor = _played(visit, beginner)
    page, sent = visitor.page, _everything_sent(visitor)
    field = page.get_by_label("Als iemand mij")
    expect(page.get_by_text("Je zin staat alleen in deze browser")).to_be_visible()
    # When they write their sentence, go away and come back
    field.fill(SENTENCE)
    page.goto("/mijn-leren/")
    page.goto(learner.STORY_PATH)
    # Then it is there again
    expect(field).to_have_value(SENTENCE)
    expect(page.get_by_text("Dit schreef je de vorige keer")).to_be_visible()
    # And when they wipe it, it is gone
    page.get_by_role("button", name="Wis je zin").click()
    expect(field).to_have_value("")
    expect(page.get_by_text("Je zin is gewist.")).to_be_visible()
    expect(field).to_be_focused()
    page.reload()
    expect(field).to_have_value("")
    assert page.evaluate("window.localStorage.length") == 0
    # And nothing that left the browser had it
    assert sent
    assert not [one for one in sent if "daar nooit iets" in one or "daar%20nooit" in one]


def test_another_person_at_the_same_browser_is_not_offered_it(
    visit: Visit, beginner: Person, colleague: Person
) -> None:
    visitor = _played(visit, beginner)
    visitor.page.get_by_label("Als iemand mij").fill(SENTENCE)
    learner.press(visitor.page, "Uitloggen")
    visitor.sign_in(colleague.username)
    state = learner.go_to_story(visitor.page)
    for target in story.SAFE:
        state = learner.choose_and_go_on(visitor.page, state, target)
    expect(visitor.page.get_by_label("Als iemand mij")).to_have_value("")


def test_without_javascript_the_field_is_scratch_paper_and_says_so(
    visit: Visit, beginner: Person
) -> None:
    visitor = _played(visit, beginner, java_script_enabled=False)
    expect(visitor.page.get_by_text("Dit is kladpapier.")).to_be_visible()
    expect(visitor.page.get_by_role("button", name="Wis je zin")).to_be_hidden()
    sent = _everything_sent(visitor)
    visitor.page.get_by_label("Als iemand mij").fill(SENTENCE)
    learner.press(visitor.page, "Speel het verhaal nog eens")
    expect(visitor.page.locator("#scene")).to_have_text("Scène 1")
    assert sent
    assert not [one for one in sent if "nooit" in one]


def _everything_sent(visitor: Visitor) -> list[str]:
    """Addresses, headers and bodies of all that leaves this browser from now on."""
    sent: list[str] = []

    def note(request: Request) -> None:
        sent.append(f"{request.url} {request.headers} {request.post_data}")

    visitor.context.on("request", note)
    return sent
