"""Plain measures of Dutch: what a hard sentence is, and what our own texts come to."""

import re
from pathlib import Path

import pytest

from cursussen.wording.measures import (
    Level,
    Why,
    measure,
    reasons_of,
    sentences_of,
    syllables_of,
)

CONTENT = Path("cursussen/inhoud")
POLICY = Path(__file__).parent / "beleid.txt"


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("kat", 1), ("fiets", 1), ("schreeuw", 1), ("water", 2), ("collega", 3), ("moeilijk", 2),
        ("bloeien", 2), ("nieuwe", 2), ("ideeën", 3), ("geïnd", 2), ("coördinator", 5),
        ("beïnvloeden", 4), ("cadeau", 2), ("vrouwen", 2), ("dieet", 2), ("reünie", 3),
        ("vertrouwen", 3), ("verantwoordelijkheid", 6), ("integriteit", 4), ("mooie", 2),
        ("quiz", 1), ("bvd", 1), ("uit", 1), ("haven", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_ear(word: str, count: int) -> None:
    assert syllables_of(word) == count


@pytest.mark.parametrize(
    ("sentence", "whys"),
    [
        ("Frank vroeg het haar nog een keer.", set()),
        ("Hij werd boos.", set()),
        ("De pas werd door Frank geleend.", set()),
        ("De pas werd geleend.", {Why.PASSIVE}),
        ("Teneinde dat te doen, belde hij.", {Why.STIFF}),
        ("Dat dient te gebeuren.", {Why.STIFF}),
        ("Het is een verantwoordelijkheidsgevoel.", {Why.WORDS}),
        ("Een vertrouwenspersoon luistert.", set()),
        ("De beoordeling van de melding vraagt zorgvuldigheid.", {Why.NOUNS}),
        ("Zij begon met het controleren van de pas.", {Why.NOUNS}),
        (
            "Hij heeft de man van de nachtploeg bij het hek aan de kade gisteren gezien.",
            {Why.APART},
        ),
        ("Hij heeft de man bij het hek gezien.", set()),
        (" ".join(["De man liep naar het hek."[:-1]] * 4) + ".", {Why.LONG}),
    ],
)
def test_a_hard_sentence_says_why(sentence: str, whys: set[Why]) -> None:
    assert {reason.why for reason in reasons_of(sentence)} == whys


def test_a_stiff_word_comes_with_an_easier_one() -> None:
    (reason,) = reasons_of("Hij belde alvorens te gaan.")
    assert (reason.words, reason.easier) == (("alvorens",), "voordat")


def test_sentences_end_where_one_stops_reading() -> None:
    text = "‘Nee,’ zei hij. ‘Ik niet.’ Zij ook niet…\nEen kop\n\nOm 3.15 uur was het stil."
    assert len(sentences_of(text)) == 5


@pytest.mark.parametrize("text", ["", "  \n", "… 12 –"])
def test_no_text_has_no_measure(text: str) -> None:
    assert measure([text]) is None


def test_the_ease_is_the_published_formula() -> None:
    """One sentence of four words and five syllables: 206.84 - 0.93·4 - 77·5/4."""
    measured = measure(["De kat eet vlees nu."])
    assert measured is not None
    assert (measured.words, measured.syllables) == (5, 5)
    assert measured.ease == round(206.84 - 0.93 * 5 - 77)


def test_our_own_cases_and_lessons_read_easily() -> None:
    """The figures of wording.md (docs)."""
    for path in [*CONTENT.glob("casussen/*.md"), *CONTENT.glob("modules/*/[0-9]*.md")]:
        measured = measure([_told(path)])
        assert measured is not None
        if measured.sentences >= 20:
            assert measured.level is Level.EASY, path
            assert measured.ease >= 85, path


def test_a_policy_is_hard_in_every_sentence() -> None:
    measured = measure([POLICY.read_text(encoding="utf-8").split("\n", 1)[1]])
    assert measured is not None
    assert measured.level is Level.HARD
    assert measured.ease < 40
    assert len(measured.hard) == measured.sentences >= 6


def _told(path: Path) -> str:
    """A file of content without what is for machines."""
    text = path.read_text(encoding="utf-8").split("+++")[-1]
    text = re.sub(r"^(?::::|#).*$", "", text, flags=re.MULTILINE)
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
