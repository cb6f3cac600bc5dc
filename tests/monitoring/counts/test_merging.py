"""Which teams stand apart and which together: no sum of what is shown is about few."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from leer.monitoring.counts.merging import blocks

K = 10
SIZES = st.dictionaries(st.integers(1, 40), st.integers(1, 25), max_size=9)


@given(SIZES)
def test_no_sum_of_what_is_shown_is_about_few(people: dict[int, int]) -> None:
    """Everything that can be added up or taken away from a table is a union of its blocks."""
    told = blocks(people, K)
    parts = [{one} for one in told.apart] + ([set(told.together)] if told.together else [])
    known = set().union(*parts)
    assert known == (set() if told.withheld else people.keys())
    assert len(told.together) != 1
    for count in range(1, len(parts) + 1):
        for some in combinations(parts, count):
            assert sum(people[team] for team in set().union(*some)) >= K


@given(SIZES)
def test_what_may_be_shown_is_shown(people: dict[int, int]) -> None:
    told = blocks(people, K)
    if all(count >= K for count in people.values()):
        assert told.apart == people.keys()
    assert told.withheld == (
        0 < sum(people.values()) < K or (len(people) == 1 and min(people.values()) < K)
    )


@given(SIZES, st.integers(0, 5))
def test_who_stands_together_does_not_change_with_a_few_more(people: dict, more: int) -> None:
    """Only when a team becomes large or small: else two days would tell one apart."""
    later = {team: n + more if n >= K else n for team, n in people.items()}
    assert blocks(later, K) == blocks(people, K)
