"""People are counted once, at least k at a time, and what was shown never changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.checks import run_checks

from leer.disclosure import api as disclosure
from leer.disclosure.api import BEGINNING, PEOPLE, Balance, Release, Sums, Table
from leer.disclosure.models import Tally

pytestmark = pytest.mark.django_db
FORK = Table((Balance((PEOPLE,), ("ja", "nee")),))
NIGHT = datetime(2026, 11, 1, tzinfo=UTC)
NAME = "proef"


def take_in(yes: int, no: int, night: int = 0, **options: Any) -> Release | None:
    return disclosure.take_in(
        NAME,
        FORK,
        {PEOPLE: yes + no, "ja": yes, "nee": no},
        since=disclosure.taken_until(NAME) or BEGINNING,
        until=NIGHT + timedelta(days=night),
        **options,
    )


def test_fewer_than_k_new_people_wait_and_leave_no_trace() -> None:
    assert take_in(5, 4) is None
    assert not Tally.objects.exists()
    assert disclosure.latest(NAME) is None


def test_people_add_up_over_the_nights_and_every_release_is_kept() -> None:
    take_in(12, 30)
    take_in(30, 5, night=1)
    first, second = disclosure.history(NAME)
    assert (first.people, second.people) == (40, 70)
    assert disclosure.latest(NAME) == second
    assert second.at_least("ja", "nee") <= second.people - 10
    assert Tally.objects.get().counts == {PEOPLE: 77, "ja": 42, "nee": 35}


def test_the_same_people_are_not_counted_twice() -> None:
    take_in(12, 30)
    assert take_in(12, 30) is None
    late = disclosure.take_in(
        NAME, FORK, {PEOPLE: 42, "ja": 42}, since=BEGINNING, until=NIGHT + timedelta(days=3)
    )
    assert late is None
    assert Tally.objects.get().counts[PEOPLE] == 42
    assert len(disclosure.history(NAME)) == 1


def test_a_release_is_neither_changed_nor_deleted() -> None:
    release = take_in(12, 30)
    assert release
    with pytest.raises(TypeError):
        release.save()
    with pytest.raises(TypeError):
        release.delete()


def test_another_table_under_the_same_name_is_refused() -> None:
    take_in(12, 30)
    other = Table((Balance((PEOPLE,), ("ja", "nee", "weg")),))
    with pytest.raises(ValueError, match="another table"):
        disclosure.take_in(
            NAME, other, {PEOPLE: 20, "ja": 20}, since=NIGHT, until=NIGHT + timedelta(days=1)
        )


def agreeing(people: int) -> Sums:
    return Sums.of((number % 3, number % 3 + number % 2) for number in range(people))


def test_a_correlation_needs_thirty_people_and_both_sides_shown() -> None:
    few = take_in(14, 14, sums=agreeing(28), sums_need=("ja", "nee"))
    assert few
    assert few.measures == {}
    more = take_in(40, 40, night=1, sums=agreeing(80), sums_need=("ja", "nee"))
    assert more
    assert more.measures == {"correlation": 0.9}
    one_sided = disclosure.take_in(
        "eenzijdig",
        FORK,
        {PEOPLE: 80, "ja": 80},
        since=BEGINNING,
        until=NIGHT,
        sums=agreeing(80),
        sums_need=("ja", "nee"),
    )
    assert one_sided
    assert one_sided.measures == {}


def test_sums_add_up_to_the_same_correlation() -> None:
    pairs = [(1, 0.4), (0, 0.1), (1, 0.9), (0, 0.6), (1, 0.7)]
    whole = Sums.of(pairs)
    assert (Sums.of(pairs[:2]) + Sums.of(pairs[2:])).correlation() == whole.correlation() == 0.6
    assert Sums.of([(1, 0.2), (1, 0.3)]).correlation() is None


@pytest.fixture(params=[4, 5])
def k(request: pytest.FixtureRequest, settings: Any) -> int:
    settings.DISCLOSURE_K = request.param
    return int(request.param)


def test_a_threshold_below_five_is_refused(k: int) -> None:
    assert [e.id for e in run_checks() if e.id == "disclosure.E001"] == ["disclosure.E001"] * (
        k < 5
    )
