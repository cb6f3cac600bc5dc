"""Which teams may stand apart in a table about many, and which only together.

Plain Python. What somebody reads must not tell of a group of fewer than *k* people, also not by
taking one figure from another: the blocks that a table is made of, and all their sums, are at
least that large. What the reader knows already (the teams that they lead themselves) protects
nobody, and is no part of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Blocks:
    """Teams that stand apart, and those that stand together; neither where ``withheld``, because
    all of them together are too few.
    """

    apart: frozenset[int]
    together: frozenset[int]
    withheld: bool = False


def blocks(people: Mapping[int, int], k: int) -> Blocks:
    """``people`` of each team that may not be known, by its number. A small team is put with the
    other small ones, never alone: else what is left of the total is that team. Where more are
    needed it is the oldest ones, and not the smallest, so that tomorrow it is the same ones.
    """
    few = {team for team, count in people.items() if count < k}
    large: Sequence[int] = sorted(people.keys() - few)
    for team in large:
        if _stand_together(few, people, k):
            break
        few.add(team)
    if not _stand_together(few, people, k):
        return Blocks(frozenset(), frozenset(), withheld=True)
    return Blocks(frozenset(people.keys() - few), frozenset(few))


def _stand_together(teams: set[int], people: Mapping[int, int], k: int) -> bool:
    return not teams or (len(teams) > 1 and sum(people[one] for one in teams) >= k)
