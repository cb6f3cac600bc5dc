"""The module without JavaScript, on 320 pixels, by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.browser import learner, story
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.learner import QUESTIONS
from tests.browser.people import Person
from tests.browser.visitor import NARROW, fits

pytestmark = pytest.mark.browser


def test_module_by_keyboard_on_320_pixels_without_javascript(
    visit: Visit, beginner: Person
) -> None:
    visitor = visit(size=NARROW, java_script_enabled=False)
    page, hands = visitor.page, Keyboard(visitor)
    # Given somebody who signs in
    visitor.go("/inloggen/")
    hands.type(page.get_by_label("Gebruikersnaam"), beginner.username)
    hands.type(page.get_by_label("Wachtwoord"), "welkom-bij-leer")
    hands.keys.press("Enter")
    # When they skip to the content and begin
    expect(page.locator(".next")).to_be_visible()
    fits(page)
    hands.press(hands.link("Direct naar de inhoud"))
    hands.press(page.locator(".next__go a"))
    hands.press(hands.button("Begin"))
    # And read the lessons
    for number in range(1, learner.LESSONS + 1):
        expect(page.get_by_text(f"Deel {number} van 5")).to_be_visible()
        fits(page)
        hands.press(hands.button("Klaar, verder"), "Space" if number == 1 else "Enter")
    # And answer a question with one answer, and one with several
    hands.press(hands.button("Begin met de vragen"))
    _choose_one(hands, QUESTIONS[0])
    expect(page.locator("#uitslag")).to_have_text("Dat klopt")
    fits(page)
    hands.press(hands.link("Volgende"))
    _choose_several(hands, QUESTIONS[1])
    expect(page.locator("#uitslag")).to_have_text("Dat klopt")
    # And play the story to its end
    visitor.go(learner.STORY_PATH)
    hands.press(hands.button("Begin het verhaal"))
    state = story.begin()
    for target in story.SAFE:
        hands.press(learner.choice_button(page, state, target))
        state = story.choose(state, target)
        learner.expect_scene(page, state)
        fits(page)
        hands.press(hands.button("Verder"), "Space")
        state = story.choose(state, story.onwards(state))
        learner.expect_scene(page, state)
        fits(page)
    # Then it ended well
    expect(page.get_by_role("heading", name="Einde: het liep goed af")).to_be_visible()


def test_whole_module_without_javascript(visit: Visit, beginner: Person) -> None:
    # Given a browser without JavaScript
    visitor = visit(size=NARROW, java_script_enabled=False)
    visitor.sign_in(beginner.username)
    page = visitor.page
    # When all is done
    learner.begin_module(page)
    learner.read_lessons(page)
    learner.do_quiz(page, wrong=frozenset({4}))
    learner.follow(page, "Verder: Een oude bekende")
    state = learner.begin_story(page)
    for target in story.SAFE:
        state = learner.choose_and_go_on(page, state, target)
    # Then it is done, and proof can be opened
    learner.follow(page, "Terug naar de module")
    learner.follow(page, "Bekijk je bewijs")
    expect(page.locator(".proof__name")).to_have_text(beginner.name)


def _choose_one(hands: Keyboard, question: dict) -> None:  # type: ignore[type-arg]
    """Into the group with Tab, along it with the arrows."""
    right = next(i for i, option in enumerate(question["optie"]) if option["goed"])
    options = hands.page.get_by_role("radio")
    hands.reach(options.first)
    hands.keys.press("Space")
    for _step in range(right):
        hands.keys.press("ArrowDown")
    expect(options.nth(right)).to_be_checked()
    hands.press(hands.button("Bekijk het antwoord"))


def _choose_several(hands: Keyboard, question: dict) -> None:  # type: ignore[type-arg]
    for option in question["optie"]:
        if option["goed"]:
            hands.press(hands.page.get_by_label(option["tekst"], exact=True), "Space")
    hands.press(hands.button("Bekijk het antwoord"))
