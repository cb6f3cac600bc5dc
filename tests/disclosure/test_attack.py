"""The attacker has everything that was ever shown, and linear programming."""

from collections.abc import Iterator
from itertools import islice

import pytest

from leer.disclosure.audit import Known, Range, Tables, ranges
from leer.disclosure.figures import next_figures
from leer.disclosure.tables import PEOPLE, Balance, Table
from tests.disclosure.worlds import Organisation

K = 10
ORGANISATIONS = range(6)
RELEASES = 4  # tests/load/attack.py goes on for years


def organisation(seed: int) -> Organisation:
    return Organisation(seed, scenes=2 + seed % 3, months=14, k=K)


def attack(seed: int, *, knows_the_method: bool = False) -> Iterator[tuple[Range, int]]:
    """What the attacker works out, each beside the truth."""
    world = organisation(seed)
    releases = list(islice(world.releases(), RELEASES))
    known: Known = [(figures, {PEOPLE: counts[PEOPLE]}) for figures, counts in releases]
    for found in ranges(Tables(world.table), known, k=K, knows_the_method=knows_the_method):
        before = 0 if found.since is None else releases[found.since][1][found.cell]
        yield found, releases[found.to][1][found.cell] - before


@pytest.mark.parametrize("seed", ORGANISATIONS)
def test_whatever_is_subtracted_a_range_of_k_people_is_left(seed: int) -> None:
    results = list(attack(seed))
    assert results
    for found, truth in results:
        assert found.low - 1e-6 <= truth <= found.high + 1e-6
        assert found.width >= K - 1e-6, found


@pytest.mark.parametrize("seed", ORGANISATIONS)
def test_who_knows_the_method_is_left_with_half_of_that(seed: int) -> None:
    for found, truth in attack(seed, knows_the_method=True):
        assert found.low - 1e-6 <= truth <= found.high + 1e-6
        assert found.width >= K / 2 - 1e-6, found


def test_the_worlds_have_what_an_attacker_looks_for() -> None:
    """Small groups, groups of which all do the same, and months with few people."""
    small = same = 0
    for seed in ORGANISATIONS:
        world = organisation(seed)
        for _, counts in world.releases():
            small += sum(0 < counts[cell] < K for cell in world.table.cells)
            same += sum(
                counts[balance.whole[0]] >= K and counts[balance.whole[0]] == counts[part]
                for balance in world.table.balances
                if len(balance.whole) == 1
                for part in balance.parts
            )
    assert small > 50
    assert same > 5


FORK = Table((Balance((PEOPLE,), ("ja", "nee")),))


def widths(known: Known, **options: bool) -> list[float]:
    return [found.width for found in ranges(Tables(FORK), known, k=K, **options)]


def test_the_attacker_finds_a_complement_that_is_given_away() -> None:
    """Hiding only the small cell (3 of 43) is not enough; our figures leave a range."""
    assert min(widths([({"ja": 40}, {PEOPLE: 43})])) == 3
    ours = next_figures(FORK, {PEOPLE: 43, "ja": 40, "nee": 3}, k=K, shown={}, patience=at_once)
    assert ours == {PEOPLE: 40, "ja": 30}
    assert min(widths([(ours, {PEOPLE: 43})])) >= K


def test_the_attacker_finds_what_two_moments_give_away() -> None:
    """Two tables of which neither tells anything: together they tell what the newcomers chose."""
    exact: Known = [
        ({"ja": 20, "nee": 20}, {PEOPLE: 40}),
        ({"ja": 31, "nee": 20}, {PEOPLE: 51}),
    ]
    assert min(widths(exact)) == 0


def test_that_everybody_chose_the_same_is_not_told() -> None:
    ours = next_figures(FORK, {PEOPLE: 60, "ja": 60, "nee": 0}, k=K, shown={}, patience=at_once)
    assert ours == {PEOPLE: 60, "ja": 50}


def at_once(cell: str, figure: int) -> int:
    return 0
