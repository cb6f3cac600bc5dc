"""What could stand there instead."""

import pytest

from leer.deidentification.api import Kind, Lists, name_of, reason_of, search


def suggestions(text: str) -> dict[str, str]:
    return {found.text: found.suggestion for found in search(text)}


def test_the_same_person_gets_the_same_other_name() -> None:
    given = suggestions("Jan de Vries belde. Toen zei Jan: vraag het collega De Vries, of Emre.")
    assert given["Jan de Vries"] == given["Jan"] == given["De Vries"] != given["Emre"]


def test_somebody_named_once_is_known_wherever_else_the_name_stands() -> None:
    """By itself *Ton, met een doos* could be a ton, and *Edwins bedrijf* anything."""
    text = "Toen zei Ton iets tegen Edwin. Ton, met een doos in zijn hand. Edwins bedrijf lag stil."
    found = [(f.text, f.suggestion) for f in search(text)]
    assert [written for written, _ in found] == ["Ton", "Edwin", "Ton", "Edwins"]
    assert found[0][1] == found[2][1] != found[1][1] == found[3][1]


def test_the_other_name_is_the_same_every_time() -> None:
    text = "Zij sprak met Yasmina el Idrissi en met Emre Demir."
    assert suggestions(text) == suggestions(text)


def test_nobody_gets_a_name_that_somebody_in_the_text_has() -> None:
    text = "Daar stonden Robin, Kim, Sam, Alex, Noor, Micha en Yasmina."
    others = suggestions(text)
    assert not set(others) & set(others.values())


def test_more_people_than_there_are_names() -> None:
    names = [f"{a}{b}ska" for a in ("Wisz", "Kows", "Dzja", "Brzo") for b in "abcdefghijk"]
    assert "iemand" in suggestions("Met " + ", met ".join(names)).values()


@pytest.mark.parametrize(
    ("date", "season"),
    [
        ("12 maart 2024", "in het voorjaar"), ("3-7-2023", "in de zomer"),
        ("2023-11-04", "in het najaar"), ("1 februari", "in de winter"),
        ("31/12/22", "in de winter"), ("20240312", "in het voorjaar"), ("week 23", "op een dag"),
    ],
)  # fmt: skip
def test_a_date_becomes_a_season(date: str, season: str) -> None:
    assert suggestions(f"Het was {date}.") == {date: season}


@pytest.mark.parametrize(
    ("time", "part"),
    [("03:15", "tijdens de dienst"), ("14:30", "’s middags"), ("22.10 uur", "’s avonds"),
     ("00:40", "’s nachts"), ("half vier", "tijdens de dienst")],
)  # fmt: skip
def test_a_time_becomes_a_part_of_the_day(time: str, part: str) -> None:
    """On a clock of twelve hours nobody can tell morning from afternoon."""
    assert suggestions(f"Dat was om {time}.")[time] == part


def test_places_and_terminals_become_of_a_kind() -> None:
    text = "Van de ECT Delta in Rotterdam naar een loods in Tiel."
    assert suggestions(text) == {
        "ECT Delta": "een terminal",
        "Rotterdam": "een grote haven",
        "Tiel": "een plaats",
    }


def test_what_only_the_organisation_knows_is_found_by_its_lists() -> None:
    lists = Lists(
        teams=("Kade 7",), job_titles=("kraanmeester",), terminals=("De Pier",), places=("Hoekje",)
    )
    text = "De kraanmeesters van kade-7 bij De Pier, op het hoekje."
    assert {found.kind for found in search(text)} <= {Kind.PERSON}
    assert {found.text: found.kind for found in search(text, lists)} == {
        "kraanmeesters": Kind.JOB_TITLE,
        "kade-7": Kind.TEAM,
        "De Pier": Kind.TERMINAL,
        "hoekje": Kind.PLACE,
    }


def test_a_word_of_the_organisation_can_be_said_to_be_nobody() -> None:
    text = "Alles staat in Zeptiko, zei hij."
    assert [found.text for found in search(text)] == ["Zeptiko"]
    assert search(text, Lists(not_names=("Zeptiko",))) == []


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_words_for_people(kind: Kind) -> None:
    assert str(name_of(kind))
    assert str(reason_of(kind)).endswith(".")


@pytest.mark.parametrize("written", ["ECT-terminal", "ECT terminal", "ECT Terminal"])
def test_a_terminal_is_not_replaced_in_half_a_word(written: str) -> None:
    assert suggestions(f"Hij stond bij de {written} toen.") == {written: "een terminal"}
