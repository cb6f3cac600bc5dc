"""Advice: what a writer may want to look at again, and what is left alone."""

import pytest

from leer.scenarios.engine import prove
from leer.scenarios.engine.advice import CONTAINER, PHONE, PLATE, words_in
from leer.scenarios.engine.problems import ADVICE_MESSAGES
from leer.scenarios.engine.wording import NAME, long_sentences, long_words

from .examples import example

FIRST = [
    ("[[Je geeft het hem->r-gegeven]]\n\n[[Je zegt nee->r-nee]]",
     "[[Je zegt nee->r-nee]]\n\n[[Je geeft het hem->r-gegeven]]"),
]  # fmt: skip
LONGEST = [("[[Je zegt nee->", "[[Je zegt vriendelijk maar duidelijk nee->")]
MANY = [
    (
        "[[Je zwijgt->",
        "".join(f"[[Keuze {n}->e-{n}]]\n" for n in range(3)) + "[[Je zwijgt->",
    ),
    (":: les [", "".join(f":: e-{n} [einde leermoment]\nZo.\n\n" for n in range(3)) + ":: les ["),
]
FINAL = [("[[Je geeft het hem->r-gegeven]]", "[[Je zwijgt->r-zwijgen]]\n[[Ja->r-gegeven]]")]


def corridor(rooms: int) -> list[tuple[str, str]]:
    """The example with so many rooms before it, each a click."""
    doors = "".join(
        f":: kamer-{n} [scene]\nEen kamer.\n\n[[Naar kamer {n + 1}->kamer-{n + 1}]]\n\n"
        for n in range(rooms)
    )
    return [
        ("[[Je zwijgt->", "[[Je loopt door->kamer-0]]\n[[Je zwijgt->"),
        (":: les [", f"{doors}:: kamer-{rooms} [einde leermoment]\nZo.\n\n:: les ["),
    ]


ADVISED = {
    "path-long": corridor(30),
    "card-key-unknown": [("taal: nl", "taal: nl\nherzienig: 2028-01-01")],
    "choices-many": MANY,
    "scene-long": [("Er ligt een envelop.", "woord " * 114 + "woord.")],
    "safe-first": FIRST,
    "safe-longest": LONGEST,
    "first-choice-final": FINAL,
    "text-never": [("[if druk >= 1]\nHij", "[if druk >= 2]\nHij")],
    "looks-like-phone": [("Goed zo.", "Bel 06-12345678.")],
    "looks-like-plate": [("Goed zo.", "Een busje, AB-123-C.")],
    "looks-like-container": [("Goed zo.", "Container MSKU 123456-7.")],
    "looks-like-name": [("Goed zo.", "Vraag het aan meneer De Vries.")],
    "sentence-long": [("Goed zo.", "woord " * 25 + "woord.")],
    "word-long": [("Goed zo.", "Arbeidsongeschiktheidsverzekering.")],
}


def warnings(*changes) -> set[str]:
    return {found.code for found in prove(example(*changes)).warnings}


@pytest.mark.parametrize(("code", "changes"), ADVISED.items())
def test_advises(code, changes):
    assert code not in warnings()
    assert code in warnings(*changes)


def test_advice_never_stops_publication():
    assert prove(example(*LONGEST)).ok


def test_every_piece_of_advice_has_a_test():
    assert set(ADVISED) == set(ADVICE_MESSAGES)


def test_a_scene_of_just_short_enough_is_left_alone():
    # 114 words and the conditional line of six: 120, and one more in the test above.
    assert "scene-long" not in warnings(("Er ligt een envelop.", "woord " * 113 + "woord."))


def test_thirty_clicks_are_left_alone_and_so_is_a_way_round():
    assert prove(example(*corridor(27))).figures.longest == 30
    assert "path-long" not in warnings(*corridor(27))
    assert "path-long" in warnings(*corridor(28))
    back = ("->kamer-28]]", "->kamer-28]]\n[[Terug->kamer-0]]")
    assert "path-long" not in warnings(*corridor(28), back)


def test_four_choices_are_left_alone():
    one = [
        ("[[Je zwijgt->", "[[Keuze->e]]\n[[Je zwijgt->"),
        (":: les [", ":: e [einde schade]\nZo.\n\n:: les ["),
    ]
    assert "choices-many" not in warnings(*one)


def test_a_scene_that_gives_only_safe_answers_shows_no_pattern():
    # Only "auto" is left with a safe and an unsafe answer: one scene is no pattern.
    assert "safe-first" not in warnings(("smoes: 'Het is maar een rooster'\n", ""), *FIRST)


def test_a_first_choice_with_a_way_back_is_left_alone():
    assert "first-choice-final" not in warnings()


@pytest.mark.parametrize(
    "text",
    [
        "06-12345678",
        "0612345678",
        "06 12 34 56 78",
        "+31 6 12345678",
        "010-1234567",
        "0031612345678",
        "+32 470 12 34 56",
    ],
)
def test_phone_numbers_are_recognised(text):
    assert PHONE.search(f"Bel {text}.")


@pytest.mark.parametrize(
    "text", ["112", "0800-7000", "0900-8844", "2027-01-01", "€ 1.000.000", "12345678901234"]
)
def test_help_lines_dates_and_amounts_are_no_phone_numbers(text):
    assert not PHONE.search(f"Bel {text}.")


@pytest.mark.parametrize(
    "text",
    ["AB-12-CD", "12-ABC-3", "G-123-BB", "12-AB-CD", "1-ABC-23", "ABC-12-D", "gb-123-x", "AB12CD"],
)
def test_licence_plates_are_recognised(text):
    assert PLATE.search(f"De auto ({text}) staat er.")


@pytest.mark.parametrize(
    "text", ["12-03-24", "ja-nee-ok", "week-12-24", "2027-01-01", "BIO2", "A4-tje", "zij-aan-zij"]
)
def test_dates_and_words_are_no_licence_plates(text):
    assert not PLATE.search(f"Op {text} dus.")


def test_container_numbers_follow_iso_6346():
    assert CONTAINER.search("MSKU1234567")
    assert CONTAINER.search("msku 123 456 7")
    assert not CONTAINER.search("MSKA1234567")
    assert not CONTAINER.search("MSKU12345678")


def test_real_looking_data_is_found_in_choices_places_and_excuses():
    for change in (
        ("[[Je zegt nee->", "[[Je belt 0612345678->"),
        ("'In de auto'", "'Bij 0612345678'"),
        ("'Niemand merkt het'", "'Bel 0612345678'"),
    ):
        found = [item for item in prove(example(change)).warnings if item.line]
        assert [item.code for item in found] == ["looks-like-phone"]


def test_a_warning_points_at_the_line_inside_a_paragraph():
    scenario = example(("Goed zo.", "Goed zo.\nOf bel 0612345678."))
    (warning,) = prove(scenario).warnings
    assert warning.line == scenario.passages["r-nee"].line + 2


def test_a_dash_on_its_own_is_no_word():
    assert words_in("- een – twee *drie*") == 3


@pytest.mark.parametrize(
    "text",
    [
        "meneer De Vries",
        "Mevrouw van den Berg",
        "dhr. Jansen",
        "inspecteur Smit",
        "Jan de Boer",
        "Fatima El Amrani",
        "Mark Jansen-Bakker",
        "Ms. Jones",
    ],
)
def test_names_of_people_who_could_exist_are_recognised(text):
    assert NAME.search(f"Je belt {text}.")


@pytest.mark.parametrize(
    "text",
    [
        "Jeroen belt. Daarna komt Anouk",
        "Noor. Zij",
        "de haven van Rotterdam",
        "meneer die je kent",
        "het hoofd van de Douane",
        "Mark zegt: Nee",
        "naar de burgemeester. Loopt hij",
        "Huis voor Klokkenluiders",
        "Karin, Anouk en Tim",
        "Carla Carla",
        "agent Tim",
    ],
)
def test_first_names_and_places_are_no_names_of_people_who_exist(text):
    assert not NAME.search(f"Dan {text}.")


def test_a_sentence_ends_at_its_full_stop_and_at_a_new_line():
    short = "woord " * 12
    assert not list(long_sentences(f"{short}. {short}? ‘{short}.’ {short}!"))
    assert not list(long_sentences(f"- {short}\n- {short}\n{short}"))
    assert list(long_sentences(f"{short}, {short} en nog twee")) == [("woord " * 4 + "woord", 27)]


def test_a_word_with_a_hyphen_is_two_words():
    assert not list(long_words("wederhoor-gesprekken en integriteitsmelding"))
    assert list(long_words("de verantwoordelijkheden")) == ["verantwoordelijkheden"]
