# SPDX-License-Identifier: EUPL-1.2
"""Every situation that a player can come in, and how one leads to another.

A situation is a passage with the values of the counters. The walk goes breadth first from the
start, without recursion and with a limit, so that it ends whatever a writer made. Everything the
proof asks of it takes one pass over the situations and their choices.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from leer.scenarios.engine.graph import Counter, Passage, Scenario
from leer.scenarios.engine.mechanics import (
    Index,
    Values,
    changed,
    clamped,
    hold,
    index_of,
    start_values,
)

type Situation = tuple[str, Values]
"""The name of the passage, and the counters after entering it."""

NOWHERE = -1
"""The target of a choice that names no passage."""


class Step(NamedTuple):
    """One choice that can be made: its place in the passage, and the situation it leads to."""

    choice: int
    target: int


class Overflow(NamedTuple):
    """A counter that left its range on entering a passage, and the value it would have had."""

    passage: str
    counter: Counter
    value: int


@dataclass(slots=True)
class Walk:
    """All situations, numbered in the order in which they were met; number 0 is the start.

    ``depth`` is the least number of choices to a situation. ``steps`` are the choices open in it;
    ``onward`` and ``sources`` are the arrows alone, forwards and backwards. ``complete`` is False
    when there were more situations than the limit; then nothing may be concluded from what is
    *not* there.
    """

    scenario: Scenario
    index: Index
    situations: list[Situation] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    steps: list[list[Step]] = field(default_factory=list)
    onward: list[list[int]] = field(default_factory=list)
    sources: list[list[int]] = field(default_factory=list)
    overflows: dict[tuple[str, str], Overflow] = field(default_factory=dict)
    complete: bool = True

    def numbers(self) -> range:
        """Return the numbers of all situations."""
        return range(len(self.situations))


class _Walker:
    """Keeps what the walk needs while it is under way."""

    def __init__(self, scenario: Scenario, limit: int) -> None:
        self.walk = Walk(scenario, index_of(scenario))
        self.limit = limit
        self.known: dict[Situation, int] = {}

    def run(self) -> Walk:
        walk = self.walk
        self._visit(walk.scenario.start, start_values(walk.scenario), 0)
        number = 0
        while number < len(walk.situations) and walk.complete:
            self._connect(number, self._steps(number))
            number += 1
        return walk

    def _connect(self, number: int, steps: list[Step]) -> None:
        targets = [step.target for step in steps if step.target != NOWHERE]
        self.walk.steps.append(steps)
        self.walk.onward.append(targets)
        for target in targets:
            self.walk.sources[target].append(number)

    def _steps(self, number: int) -> list[Step]:
        values = self.walk.situations[number][1]
        depth = self.walk.depth[number] + 1
        return [
            Step(place, self._visit(choice.target, values, depth))
            for place, choice in enumerate(self.walk.passages[number].choices)
            if not choice.conditions or hold(choice.conditions, values, self.walk.index)
        ]

    def _visit(self, name: str, values: Values, depth: int) -> int:
        """Return the number of the situation after entering a passage, a new one if need be."""
        passage = self.walk.scenario.passages.get(name)
        if passage is None:
            return NOWHERE
        situation = (name, self._entered(passage, values) if passage.effects else values)
        number = self.known.get(situation)
        return self._add(situation, passage, depth) if number is None else number

    def _add(self, situation: Situation, passage: Passage, depth: int) -> int:
        number = len(self.walk.situations)
        if number >= self.limit:
            self.walk.complete = False
            return NOWHERE
        self.known[situation] = number
        self.walk.situations.append(situation)
        self.walk.passages.append(passage)
        self.walk.sources.append([])
        self.walk.depth.append(depth)
        return number

    def _entered(self, passage: Passage, values: Values) -> Values:
        after = changed(passage.effects, values, self.walk.index)
        counters = self.walk.scenario.counters
        inside = clamped(after, counters)
        if inside != after:
            self._note_overflows(passage.name, after, inside)
        return inside

    def _note_overflows(self, name: str, after: Values, inside: Values) -> None:
        for counter, value, kept in zip(self.walk.scenario.counters, after, inside, strict=True):
            if value != kept:
                overflow = Overflow(name, counter, value)
                self.walk.overflows.setdefault((name, counter.name), overflow)


def walk_all(scenario: Scenario, limit: int) -> Walk:
    """Walk every situation, up to the limit. The start must be a passage of the scenario."""
    return _Walker(scenario, limit).run()


def can_reach(walk: Walk, goals: Iterable[int]) -> set[int]:
    """Return the situations from which at least one of the goals can be reached, goals included."""
    waiting = list(goals)
    reached = set(waiting)
    while waiting:
        for source in walk.sources[waiting.pop()]:
            if source not in reached:
                reached.add(source)
                waiting.append(source)
    return reached


def longest(
    walk: Walk, groups: Iterable[set[int]], weights: Sequence[int], *, per_step: int
) -> int:
    """Return the weight of the heaviest route from the start on which no situation comes twice.

    Without loops this is exact. Finding it among loops is not feasible in general, so there every
    group of situations that lead to each other (``groups_of``) counts as if a route could visit
    all of them: the answer is then an upper bound, and still takes one pass.
    """
    best: list[int] = [0] * len(walk.situations)
    for group in groups:
        if len(group) == 1:
            (number,) = group
            following = [best[target] for target in walk.onward[number] if target != number]
            best[number] = weights[number] + (max(following) + per_step if following else 0)
            continue
        after = [best[t] for n in group for t in walk.onward[n] if t not in group]
        inside = sum(weights[number] for number in group) + per_step * (len(group) - 1)
        total = inside + (max(after) + per_step if after else 0)
        for number in group:
            best[number] = total
    return best[0]


def groups_of(walk: Walk) -> list[set[int]]:
    """Return the situations in groups that lead to each other, what comes last in a story first.

    Most groups have one member; a larger one is a loop. This is Kosaraju's algorithm: walking
    back along the arrows from what was finished last finds the groups in story order.
    """
    taken = bytearray(len(walk.situations))
    groups = [_gather(walk, root, taken) for root in reversed(_finished(walk)) if not taken[root]]
    return groups[::-1]


def has_loops(walk: Walk, groups: Iterable[set[int]]) -> bool:
    """Say whether a player can come back in the same situation."""
    return any(is_loop(walk, group) for group in groups)


def is_loop(walk: Walk, group: set[int]) -> bool:
    """Say whether a group of ``groups_of`` goes round: several, or one that leads to itself."""
    if len(group) > 1:
        return True
    (number,) = group
    return number in walk.onward[number]


def _gather(walk: Walk, root: int, taken: bytearray) -> set[int]:
    group = {root}
    waiting = [root]
    taken[root] = True
    while waiting:
        for source in walk.sources[waiting.pop()]:
            if not taken[source]:
                taken[source] = True
                group.add(source)
                waiting.append(source)
    return group


def _finished(walk: Walk) -> list[int]:
    """Return the situations in the order in which a depth-first walk is done with them."""
    done: list[int] = []
    seen = bytearray(len(walk.situations))
    seen[0] = True
    trail = [(0, iter(walk.onward[0]))]
    while trail:
        number, targets = trail[-1]
        target = next((item for item in targets if not seen[item]), None)
        if target is None:
            done.append(number)
            trail.pop()
        else:
            seen[target] = True
            trail.append((target, iter(walk.onward[target])))
    return done
