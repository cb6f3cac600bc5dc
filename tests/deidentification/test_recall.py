"""How much is found on the corpus; docs/developers/deidentification.md has the figures."""

import pytest

from leer.deidentification.api import STRUCTURED, Kind
from tests.deidentification.corpus.reading import passages
from tests.deidentification.measuring import (
    FRESH,
    HELD_OUT,
    PARAGRAPHS,
    TUNED,
    WITHOUT,
    Measured,
    measure,
)

PEOPLE, PLACES, SHAPES = 0.97, 0.95, 0.995


@pytest.fixture(scope="module", params=[TUNED, HELD_OUT], ids=["tuned", "held-out"])
def measured(request: pytest.FixtureRequest) -> Measured:
    return measure(passages(*request.param))


def test_people_are_found(measured: Measured) -> None:
    assert measured.marked[Kind.PERSON] > 250
    assert measured.recall(Kind.PERSON) >= PEOPLE, measured.missed_of(Kind.PERSON)


def test_places_are_found(measured: Measured) -> None:
    assert measured.marked[Kind.PLACE] > 75
    assert measured.recall(Kind.PLACE) >= PLACES, measured.missed_of(Kind.PLACE)


@pytest.mark.parametrize("kind", sorted(STRUCTURED - {Kind.WEB, Kind.VESSEL}))
def test_what_has_a_shape_or_a_list_is_found(measured: Measured, kind: Kind) -> None:
    assert measured.marked[kind] >= 9
    assert measured.recall(kind) >= SHAPES, measured.missed_of(kind)


def test_people_and_places_of_the_last_part_are_found() -> None:
    """Written when the engine was ready."""
    fresh = measure(passages(*FRESH))
    assert fresh.marked[Kind.PERSON] >= 30
    assert fresh.recall(Kind.PERSON) >= PEOPLE, fresh.missed_of(Kind.PERSON)
    assert fresh.recall(Kind.PLACE) >= PLACES, fresh.missed_of(Kind.PLACE)


def test_in_paragraphs_as_editors_get_them_everything_is_found() -> None:
    """Talks, minutes, mails and reports of several sentences; two of them give nobody away."""
    paragraphs = passages(*PARAGRAPHS)
    assert len(paragraphs) >= 25
    measured = measure(paragraphs)
    assert measured.marked.total() >= 85
    assert measured.missed == []
    assert measured.false.total() <= 1, measured.alarms


def test_what_is_found_is_called_by_its_name(measured: Measured) -> None:
    """An editor who reads “kenteken” at a postcode stops believing what is said."""
    marked, right = measured.marked.total(), measured.named_right.total()
    assert right / marked >= 0.98


def test_few_alarms_where_something_is_marked(measured: Measured) -> None:
    assert measured.false.total() / measured.reported.total() < 0.01, measured.alarms


def test_hardly_any_alarm_in_prose_that_gives_nobody_away() -> None:
    prose = passages(*WITHOUT)
    assert len(prose) >= 150
    assert measure(prose).false.total() / len(prose) < 0.02
