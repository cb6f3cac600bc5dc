"""What was heard with Orca and mended (docs/developers/testing.md), so that it stays mended."""

import pytest
from playwright.sync_api import expect

from tests.browser import learner, story
from tests.browser.conftest import Visit
from tests.browser.hearing import heard
from tests.browser.people import Person

pytestmark = pytest.mark.browser
QUIZ_PATH = f"{learner.MODULE_PATH}wat-zie-je/"


def test_a_scene_is_named_once_its_choices_say_what_is_asked_and_nothing_empty_is_read_out(
    visit: Visit, beginner: Person
) -> None:
    visitor = visit()
    visitor.sign_in(beginner.username)
    page = visitor.page
    assert f"Mijn gegevens: {beginner.name}" in heard(page, "link")
    state = learner.go_to_story(page)
    assert "Wat doe je?" in heard(page, "form")
    learner.choose_and_go_on(page, state, story.SAFE[0])
    assert "Wat doe je?" in heard(page, "form")
    assert heard(page, "heading").count("Scène 2") == 1
    assert heard(page, "region", "status") == []


@pytest.mark.parametrize(("right", "words"), [(True, "Dat klopt"), (False, "Dit lukte nog niet")])
def test_after_an_answer_the_page_is_called_by_how_it_went(
    visit: Visit, beginner: Person, words: str, *, right: bool
) -> None:
    visitor = visit()
    visitor.sign_in(beginner.username)
    page = visitor.page
    learner.begin_module(page)
    page.goto(QUIZ_PATH)
    learner.press(page, "Begin met de vragen")
    asked = page.title()
    assert asked.startswith("Vraag 1 van ")
    learner.answer(page, 1, right=right)
    expect(page).to_have_title(f"{words} – {asked}")
