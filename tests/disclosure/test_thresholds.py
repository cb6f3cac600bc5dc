"""The threshold of a table is frozen: a setting that changes later narrows nothing."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from leer.disclosure import api as disclosure
from leer.disclosure.api import PEOPLE, Balance, Release, Table
from leer.disclosure.audit import Known, Tables, ranges
from tests.disclosure.worlds import Organisation

pytestmark = pytest.mark.django_db
FORK = Table((Balance((PEOPLE,), ("ja", "nee")),))
NIGHT = datetime(2026, 11, 1, tzinfo=UTC)
NAME = "proef"


def take_in(table: Table, counts: Counter[str], night: int) -> Release | None:
    return disclosure.take_in(
        NAME,
        table,
        counts,
        since=disclosure.taken_until(NAME) or disclosure.BEGINNING,
        until=NIGHT + timedelta(days=night),
    )


def releases(seed: int, settings: Any) -> tuple[Table, list[Release], Known]:
    """Of a random organisation, with another setting every month: up, down and up again."""
    dice = random.Random(seed)
    world = Organisation(seed, scenes=2, months=15, k=1)
    made, known = [], []
    before, waiting = Counter[str](), Counter[str]({PEOPLE: 0})
    for month, (_, counts) in enumerate(world.releases()):
        settings.DISCLOSURE_K = dice.choice([5, 7, 10, 20])
        waiting += counts - before
        before = counts
        release = take_in(world.table, waiting, month) if waiting else None
        if release:
            made.append(release)
            known.append((release.figures, {PEOPLE: counts[PEOPLE]}))
            waiting = Counter({PEOPLE: 0})
    return world.table, made, known


@pytest.mark.parametrize("seed", [0, 1, 2, 4])
def test_what_a_table_promised_holds_for_every_release_whatever_the_setting_became(
    seed: int, settings: Any
) -> None:
    table, made, known = releases(seed, settings)
    assert len(made) > 2
    (k,) = {release.k for release in made}
    for found in ranges(Tables(table), known[:4], k=k):
        assert found.width >= k - 1e-6, found


def test_a_lower_setting_takes_in_no_fewer_people_and_shows_no_more(settings: Any) -> None:
    settings.DISCLOSURE_K = 10
    assert take_in(FORK, Counter({PEOPLE: 40, "ja": 25, "nee": 15}), 0)
    settings.DISCLOSURE_K = 5
    assert take_in(FORK, Counter({PEOPLE: 9, "ja": 9}), 1) is None
    later = take_in(FORK, Counter({PEOPLE: 15, "ja": 15}), 2)
    assert later
    assert later.k == 10
    assert later.people == 50
    assert later.at_least("ja", "nee") <= 40


def test_a_higher_setting_counts_from_now_on_and_promises_no_more_than_it_can_keep(
    settings: Any,
) -> None:
    settings.DISCLOSURE_K = 5
    assert take_in(FORK, Counter({PEOPLE: 42, "ja": 28, "nee": 14}), 0)
    settings.DISCLOSURE_K = 7
    assert take_in(FORK, Counter({PEOPLE: 9, "ja": 9}), 1) is None
    later = take_in(FORK, Counter({PEOPLE: 12, "ja": 12}), 2)
    assert later
    assert later.k == 5
    assert {figure % 5 for figure in later.figures.values()} == {0}
    assert later.people == 50
