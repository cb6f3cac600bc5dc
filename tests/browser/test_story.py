"""A story in stale tabs, with impatient fingers, and what its pages may not give away."""

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser import learner, story
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

KIND_WORD = "Je was hier al verder. Dit is waar je nu bent."
with_and_without_javascript = pytest.mark.parametrize(
    "javascript", [pytest.param(True, id="htmx"), pytest.param(False, id="no-javascript")]
)


def _in_the_story(visit: Visit, person: Person, *, javascript: bool) -> Visitor:
    visitor = visit(size=PHONE, java_script_enabled=javascript)
    visitor.sign_in(person.username)
    learner.go_to_story(visitor.page)
    return visitor


@with_and_without_javascript
def test_choosing_in_a_stale_tab_shows_the_current_scene_and_a_kind_word(
    visit: Visit, beginner: Person, *, javascript: bool
) -> None:
    # Given two tabs at the first scene
    visitor = _in_the_story(visit, beginner, javascript=javascript)
    state = story.begin()
    fresh, stale = visitor.page, visitor.context.new_page()
    stale.goto(learner.STORY_PATH)
    # When one goes on, and the other then chooses something else
    there = learner.choose(fresh, state, "r-kort-gehouden")
    learner.choice_button(stale, state, "r-haast").click()
    # Then the other is where the one is
    expect(stale.get_by_text(KIND_WORD)).to_be_visible()
    learner.expect_scene(stale, there)
    # And both can go on
    there = learner.choose(stale, there, story.onwards(there))
    expect(stale.get_by_text(KIND_WORD)).not_to_be_attached()
    fresh.reload()
    learner.expect_scene(fresh, there)


@with_and_without_javascript
def test_the_same_choice_in_two_tabs_is_one_choice(
    visit: Visit, beginner: Person, *, javascript: bool
) -> None:
    visitor = _in_the_story(visit, beginner, javascript=javascript)
    state = story.begin()
    second = visitor.context.new_page()
    second.goto(learner.STORY_PATH)
    for tab in (visitor.page, second):
        there = learner.choose(tab, state, "r-haast")
        expect(tab.get_by_text(KIND_WORD)).not_to_be_attached()
    learner.choose(second, there, story.onwards(there))


@with_and_without_javascript
def test_clicking_twice_chooses_once(visit: Visit, beginner: Person, *, javascript: bool) -> None:
    visitor = _in_the_story(visit, beginner, javascript=javascript)
    state = story.begin()
    learner.choice_button(visitor.page, state, "r-veel-verteld").dblclick()
    there = story.choose(state, "r-veel-verteld")
    learner.expect_scene(visitor.page, there)
    visitor.page.reload()
    learner.expect_scene(visitor.page, there)


def test_choosing_after_the_back_button_shows_the_current_scene_and_a_kind_word(
    visit: Visit, beginner: Person
) -> None:
    # Given two steps taken without JavaScript, so that each is a page in the history
    visitor = _in_the_story(visit, beginner, javascript=False)
    page, state = visitor.page, story.begin()
    there = learner.choose(page, state, "r-haast")
    there = learner.choose(page, there, story.onwards(there))
    # When somebody goes back to the first scene and chooses otherwise
    _back_to_the_first_scene(page)
    if page.locator("#stage button").all_inner_texts() == story.offers(state):
        learner.choice_button(page, state, "r-kort-gehouden").click()
        expect(page.get_by_text(KIND_WORD)).to_be_visible()
    # Then the story is where it was (a browser that asks anew after going back shows it at once)
    learner.expect_scene(page, there)


def _back_to_the_first_scene(page: Page) -> None:
    """The story's page appears in the history once for every step."""
    page.go_back()
    expect(page.locator("#stage")).to_be_visible()
    if "Scène 1" not in page.locator("#scene").inner_text():
        page.go_back()
    expect(page.locator("h1")).to_be_visible()


def test_back_button_after_smooth_steps_leaves_the_story_and_coming_back_goes_on(
    visit: Visit, beginner: Person
) -> None:
    # Given two smooth steps: the address stays, so the history holds the story once
    visitor = _in_the_story(visit, beginner, javascript=True)
    page = visitor.page
    there = learner.choose(page, story.begin(), "r-haast")
    there = learner.choose(page, there, story.onwards(there))
    page.go_back()
    # When somebody comes back
    page.go_forward()
    # Then the scene of now is there, or the stale one leads to it
    expect(page.locator("#stage")).to_be_visible()
    page.goto(learner.STORY_PATH)
    learner.expect_scene(page, there)


@pytest.mark.parametrize("way", [story.SAFE, story.UNSAFE], ids=["safe", "unsafe"])
def test_source_of_a_scene_holds_no_text_of_another_scene(
    visit: Visit, beginner: Person, way: tuple[str, ...]
) -> None:
    # Given somebody who plays, as whole pages and as the parts that htmx asks for
    visitor = visit()
    visitor.sign_in(beginner.username)
    state = learner.go_to_story(visitor.page)
    path = [state]
    while not story.is_over(state):
        # When each scene is fetched as a page of its own
        assert story.given_away(visitor.go(learner.STORY_PATH).text(), path) == []
        target = _next_on(way, path, state)
        # And as an answer to the choice
        with visitor.page.expect_response("**/kies/") as answered:
            state = learner.choose(visitor.page, state, target)
        path.append(state)
        # Then neither holds a sentence that was not come across yet
        assert story.given_away(_source(answered.value), path) == []
    assert story.given_away(visitor.go(learner.STORY_PATH).text(), path) == []


def _next_on(way: tuple[str, ...], path: list[object], state: object) -> str:
    """The way as far as it goes, then the first choice; from a reaction, on."""
    if story.is_reaction(state):
        return story.onwards(state)
    scenes_left = sum(not story.is_reaction(passed) for passed in path)
    targets = list(way[scenes_left - 1 :])
    return targets[0] if targets else story.first(state)


def _source(response: Response) -> str:
    assert response.ok
    return response.text()
