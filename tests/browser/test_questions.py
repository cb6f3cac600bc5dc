"""Each kind of question on a phone, by keyboard alone, without JavaScript, looked at by axe."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import learner
from tests.browser.accessibility import Audit
from tests.browser.conftest import Visit
from tests.browser.keyboard import Keyboard
from tests.browser.people import Person
from tests.browser.visitor import NARROW, Visitor, fits

pytestmark = pytest.mark.browser

MODULES = learner.FOLDER.parent
PATH = "/leren/oefen-je-blik/"
Question = dict[str, Any]
OWN: list[Question] = tomllib.loads((MODULES / "oefen-je-blik" / "1-quiz.toml").read_text())[
    "vraag"
]
BANK = {question["tekst"]: question for question in (*OWN, *learner.QUESTIONS)}
RATINGS = {
    "zeer-passend": "zeer passend",
    "passend": "passend",
    "niet-zo-passend": "niet zo passend",
    "zeer-onpassend": "zeer onpassend",
}


def asked(page: Page) -> Question:
    """The question on the screen."""
    return BANK[page.locator(".question__prompt").inner_text()]


def choose_one(hands: Keyboard, question: Question) -> None:
    options = hands.page.get_by_role("radio")
    right = next(i for i, option in enumerate(question["optie"]) if option["goed"])
    hands.press(options.first, "Space")
    for _step in range(right):
        hands.keys.press("ArrowDown")


def check(hands: Keyboard, texts: list[str]) -> None:
    for text in texts:
        hands.press(hands.page.get_by_role("checkbox", name=text, exact=False), "Space")


def choose_several(hands: Keyboard, question: Question) -> None:
    check(hands, [option["tekst"] for option in question["optie"] if option["goed"]])


def point_out_in_text(hands: Keyboard, question: Question) -> None:
    check(hands, [one["tekst"] for one in question["stuk"] if one.get("signaal")])


def point_out_in_picture(hands: Keyboard, question: Question) -> None:
    check(hands, [one["tekst"] for one in question["plek"] if one["signaal"]])


def put_in_order(hands: Keyboard, question: Question) -> None:
    places = {step["tekst"]: str(number) for number, step in enumerate(question["stap"], start=1)}
    for row in hands.page.locator(".rows__row").all():
        field = row.get_by_role("combobox")
        hands.reach(field)
        hands.keys.type(places[row.locator("label").inner_text()])


def match(hands: Keyboard, question: Question) -> None:
    for pair in question["paar"]:
        hands.type(hands.page.get_by_label(pair["tekst"], exact=True), pair["past_bij"])


def rate(hands: Keyboard, question: Question) -> None:
    for action in question["actie"]:
        group = hands.page.get_by_role("group", name=action["tekst"], exact=True)
        hands.press(group.get_by_role("radio").first, "Space")
        for _step in range(list(RATINGS).index(action["oordeel"])):
            hands.keys.press("ArrowDown")
        wanted = group.get_by_role("radio", name=RATINGS[action["oordeel"]], exact=True)
        expect(wanted).to_be_checked()


def think_over(hands: Keyboard, question: Question) -> None:
    hands.type(hands.page.get_by_label("Wat denk jij?"), "Mijn collega Sam.")


ANSWERS: dict[str, Callable[[Keyboard, Question], None]] = {
    "een-antwoord": choose_one,
    "meer-antwoorden": choose_several,
    "signalen-in-tekst": point_out_in_text,
    "signalen-in-beeld": point_out_in_picture,
    "volgorde": put_in_order,
    "paren": match,
    "oordeel": rate,
    "nadenken": think_over,
}


def go_through(visitor: Visitor, look: Callable[[str], None]) -> set[str]:
    """All nine questions, all right, looking at each before and after; the kinds that came by."""
    page, hands = visitor.page, Keyboard(visitor)
    visitor.go(PATH)
    hands.press(hands.button("Begin"))
    expect(page.get_by_text("Je krijgt 9 vragen")).to_be_visible()
    hands.press(hands.button("Begin met de vragen"))
    seen: set[str] = set()
    for number in range(1, 10):
        expect(page.get_by_text(f"Vraag {number} van 9")).to_be_visible()
        question = asked(page)
        seen.add(question["soort"])
        look(question["sleutel"])
        ANSWERS[question["soort"]](hands, question)
        thinking = question["soort"] == "nadenken"
        hands.press(hands.button("Klaar met denken" if thinking else "Bekijk het antwoord"))
        says = "Om mee te nemen" if thinking else "Dat klopt"
        expect(page.locator("#uitslag")).to_have_text(says)
        expect(page.locator("#uitslag")).to_be_focused()
        expect(page.locator("#uitslag")).to_be_in_viewport()
        expect(page.locator(".verdict")).to_contain_text(question["uitleg"])
        look(f"{question['sleutel']}, answered")
        hands.press(hands.link("Volgende"))
    return seen


def test_a_quiz_of_every_kind_by_keyboard_on_320_pixels_without_javascript(
    visit: Visit, beginner: Person
) -> None:
    # Given somebody on a phone without JavaScript and without a mouse
    visitor = visit(size=NARROW, java_script_enabled=False)
    visitor.sign_in(beginner.username)
    # When they answer every question right
    seen = go_through(visitor, lambda _screen: fits(visitor.page))
    # Then they have seen every kind, and eight of the nine are scored
    expect(visitor.page.get_by_text("Bij 8 van de 8")).to_be_visible()
    assert seen >= set(ANSWERS) - {"een-antwoord", "meer-antwoorden"}


def test_every_kind_of_question_is_accessible(visit: Visit, beginner: Person) -> None:
    # axe needs JavaScript
    visitor, audit = visit(size=NARROW), Audit()
    visitor.sign_in(beginner.username)

    def look(screen: str) -> None:
        for fold in visitor.page.locator("details.answered__rest").all():
            fold.locator("summary").click()
        audit.look(visitor.page, screen, dark=True)

    go_through(visitor, look)
    audit.assert_clean()


def test_what_was_filled_in_stays_when_something_is_missing(visit: Visit, beginner: Person) -> None:
    # Given somebody at the question about the order of steps
    visitor = visit(size=NARROW, java_script_enabled=False)
    visitor.may_be_refused(422)
    visitor.sign_in(beginner.username)
    page, hands = visitor.page, Keyboard(visitor)
    visitor.go(PATH)
    learner.press(page, "Begin")
    learner.press(page, "Begin met de vragen")
    while (question := asked(page))["soort"] != "volgorde":
        ANSWERS[question["soort"]](hands, question)
        learner.press(page, "Bekijk het antwoord")
        learner.follow(page, "Volgende")
    # When they give two steps the same place
    fields = page.get_by_role("combobox")
    for field in fields.all():
        field.select_option("1")
    learner.press(page, "Bekijk het antwoord")
    # Then they are told so, and find their numbers as they left them
    expect(page.get_by_role("alert")).to_have_text(
        "Geef elke stap een eigen plaats. Elk nummer komt één keer voor."
    )
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_be_in_viewport()
    for field in fields.all():
        expect(field).to_have_value("1")


def test_a_number_in_the_picture_chooses_its_spot(visit: Visit, beginner: Person) -> None:
    # Given somebody with a mouse at the picture
    visitor = visit()
    visitor.sign_in(beginner.username)
    page, hands = visitor.page, Keyboard(visitor)
    visitor.go(PATH)
    learner.press(page, "Begin")
    learner.press(page, "Begin met de vragen")
    point_out_in_text(hands, asked(page))
    learner.press(page, "Bekijk het antwoord")
    learner.follow(page, "Volgende")
    # When they touch the second number in the picture
    page.locator(".spot__label").nth(1).click()
    # Then the second spot in the list is chosen, and no other
    spots = page.get_by_role("checkbox")
    expect(spots.nth(1)).to_be_checked()
    assert [spot.is_checked() for spot in spots.all()].count(True) == 1
    expect(spots.nth(1)).to_have_accessible_name("2 Een pas met een koord ligt op tafel.")
