"""What a learner does, step by step, by the words on the page."""

import tomllib
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from playwright.sync_api import Locator, Page, expect

from leer.core.embedded import PROJECT_DIR
from leer.scenarios import engine
from tests.browser import story

MODULE = "Herken een benadering"
MODULE_PATH = "/leren/herken-een-benadering/"
STORY_PATH = f"{MODULE_PATH}een-oude-bekende/"
LESSONS = 3
FOLDER = PROJECT_DIR / "cursussen" / "inhoud" / "modules" / "herken-een-benadering"
QUESTIONS: list[dict[str, Any]] = tomllib.loads((FOLDER / "4-quiz.toml").read_text())["vraag"]


def press(page: Page, name: str) -> None:
    """Press the button with these words."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow the link with these words."""
    page.get_by_role("link", name=name, exact=True).click()


def begin_module(page: Page) -> None:
    """From Mijn leren into the first lesson."""
    page.locator(".next__go").get_by_role("link", name="Begin").click()
    press(page, "Begin")
    expect(page.get_by_text(f"Deel 1 van {LESSONS + 2}")).to_be_visible()


def read_lesson(page: Page) -> None:
    """Done with this lesson."""
    title = heading(page)
    press(page, "Klaar, verder")
    expect(page.locator("h1")).not_to_have_text(title)


def read_lessons(page: Page) -> None:
    """All of them."""
    for _number in range(LESSONS):
        read_lesson(page)


def answer(page: Page, number: int, *, right: bool) -> dict[str, Any]:
    """Answer this question (counted from 1); returns an option that was chosen."""
    question = QUESTIONS[number - 1]
    expect(page.get_by_role("heading", level=2)).to_have_text(question["tekst"])
    chosen = [option for option in question["optie"] if option["goed"] is right]
    if question["soort"] == "een-antwoord":
        chosen = chosen[:1]
    for option in chosen:
        page.get_by_label(option["tekst"], exact=True).check()
    press(page, "Bekijk het antwoord")
    expect(page.locator("#uitslag")).to_be_visible()
    first: dict[str, Any] = chosen[0]
    return first


def do_quiz(page: Page, *, wrong: frozenset[int] = frozenset()) -> None:
    """All questions, right but for the ``wrong`` ones."""
    press(page, "Begin met de vragen")
    for number in range(1, len(QUESTIONS) + 1):
        answer(page, number, right=number not in wrong)
        follow(page, "Volgende")


def begin_story(page: Page) -> engine.State:
    """Begin, and be at the first scene."""
    press(page, "Begin het verhaal")
    state = story.begin()
    expect_scene(page, state)
    return state


def go_to_story(page: Page) -> engine.State:
    """Straight into the story, with the module begun but nothing else done."""
    begin_module(page)
    page.goto(STORY_PATH)
    return begin_story(page)


def choose(page: Page, state: engine.State, target: str) -> engine.State:
    """Choose the way to ``target``, and see where it leads."""
    choice_button(page, state, target).click()
    there = story.choose(state, target)
    expect_scene(page, there)
    return there


def choice_button(page: Page, state: engine.State, target: str) -> Locator:
    """The button of this choice."""
    return page.locator("#stage").get_by_role(
        "button", name=story.wording(state, target), exact=True
    )


def choose_and_go_on(page: Page, state: engine.State, target: str) -> engine.State:
    """Choose, read the reaction, and go on to the next scene or the ending."""
    there = choose(page, state, target)
    if not story.is_reaction(there):
        return there
    return choose(page, there, story.onwards(there))


def expect_scene(page: Page, state: engine.State) -> None:
    """The page shows exactly this passage: its text, and the ways on from here."""
    stage = page.locator("#stage")
    for paragraph in story.paragraphs(state):
        expect(stage.locator(".stage__text")).to_contain_text(paragraph)
    if story.is_over(state):
        expect(stage.get_by_role("heading", name="Einde:")).to_be_visible()
        return
    expect(stage.locator("button")).to_have_text(story.offers(state))


def scene_text(page: Page) -> str:
    """The scene as it stands there: heading, place and text."""
    return " ".join(page.locator("#stage").inner_text().split())


def heading(page: Page) -> str:
    """What the page calls itself."""
    return page.locator("h1").inner_text()


def today() -> str:
    """Today, as the pages write it."""
    with translation.override("nl"):
        return date_format(timezone.localdate(), "j F Y")
