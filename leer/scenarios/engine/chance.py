# SPDX-License-Identifier: EUPL-1.2
"""How often random play comes in each situation where it ends: a Markov chain, solved.

The groups of situations that lead to each other are taken in the order of the story. A group of
one hands its chance on. In a larger one, situations are taken out one by one, and what leads to
them is led on to what they lead to, until only the ways out are left (state elimination, in the
form of Grassmann, Taksar and Heyman 1985: nothing is subtracted, so nothing is lost in rounding).
"""

import heapq
from collections.abc import Iterable, Sequence

from leer.scenarios.engine.walk import Walk, is_loop

MOST_WORK = 2_000_000
"""How many chances may be handed on inside loops: about a second. Beyond it there is no answer."""

type Row = dict[int, float]
"""The chance of going on to each of these situations."""

ENTRY = -1
"""In a group: not a situation, but all that comes in from before."""


class _TooMuchError(Exception):
    """The loops of this story are too tangled to solve."""


def arrivals(walk: Walk, groups: Sequence[set[int]]) -> list[float] | None:
    """Return the chance that random play ever comes in each situation; None when it's too much.

    The answer is meant for situations where the story ends. Inside a loop it stays 0. ``groups``
    come as from ``groups_of``, the last of the story first.
    """
    chances = [0.0] * len(walk.situations)
    chances[0] = 1.0
    budget = [MOST_WORK]
    try:
        for group in reversed(groups):
            if is_loop(walk, group):
                _leave_loop(walk, group, chances, budget)
            else:
                _leave(walk, min(group), chances)
    except _TooMuchError:
        return None
    return chances


def _leave(walk: Walk, number: int, chances: list[float]) -> None:
    """Share the chance of being in this situation among what its choices lead to."""
    targets = walk.onward[number]
    if targets:
        share = chances[number] / len(targets)
        for target in targets:
            chances[target] += share


def _leave_loop(walk: Walk, group: set[int], chances: list[float], budget: list[int]) -> None:
    """Move all chance of being in these situations to the situations after them."""
    entry = {number: chances[number] for number in group if chances[number]}
    for number in group:
        chances[number] = 0.0
    for target, chance in _ways_out(walk, group, entry, budget).items():
        chances[target] += chance


def _row(walk: Walk, number: int) -> Row:
    """Return where the choices of a situation lead to, each with equal chance."""
    targets = walk.onward[number]
    row: Row = {}
    for target in targets:
        row[target] = row.get(target, 0.0) + 1 / len(targets)
    return row


def _ways_out(walk: Walk, group: set[int], entry: Row, budget: list[int]) -> Row:
    rows = {number: _row(walk, number) for number in group} | {ENTRY: entry}
    sources: dict[int, set[int]] = {number: set() for number in group}
    for source, row in rows.items():
        for target in row.keys() & group:
            sources[target].add(source)
    for number in _few_arrows_first(rows, sources):
        _take_out(number, rows, sources, budget)
    return rows[ENTRY]


def _few_arrows_first(rows: dict[int, Row], sources: dict[int, set[int]]) -> Iterable[int]:
    """Yield the situations, each time one that has few arrows left: that keeps the work small."""
    waiting = [(_arrows(number, rows, sources), number) for number in sources]
    heapq.heapify(waiting)
    while waiting:
        arrows, number = heapq.heappop(waiting)
        now = _arrows(number, rows, sources)
        if now > arrows:
            heapq.heappush(waiting, (now, number))
        else:
            yield number


def _arrows(number: int, rows: dict[int, Row], sources: dict[int, set[int]]) -> int:
    return len(rows[number]) * len(sources[number])


def _take_out(
    number: int, rows: dict[int, Row], sources: dict[int, set[int]], budget: list[int]
) -> None:
    """Lead every arrow to this situation on to where its own arrows lead."""
    row = rows.pop(number)
    row.pop(number, None)
    leaving = sum(row.values())
    before = sources.pop(number) - {number}
    budget[0] -= len(row) * len(before)
    if budget[0] < 0:
        raise _TooMuchError
    for target in row.keys() & sources.keys():
        sources[target].discard(number)
    for source in before:
        chance = rows[source].pop(number)
        for target, share in row.items():
            rows[source][target] = rows[source].get(target, 0.0) + chance * share / leaving
            if target in sources:
                sources[target].add(source)
