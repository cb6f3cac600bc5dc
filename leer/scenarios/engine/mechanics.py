# SPDX-License-Identifier: EUPL-1.2
"""The rules of the game, in one place: both the player and the proof go by these functions.

Counter values travel as a tuple in the order of ``scenario.counters``; an ``Index`` says which
counter stands where.
"""

import operator
from collections.abc import Callable, Mapping, Sequence

from leer.scenarios.engine.graph import Change, Condition, Counter, Effect, Operator, Scenario

type Values = tuple[int, ...]
"""The value of every counter, in the order of ``scenario.counters``."""

type Index = Mapping[str, int]
"""The place of every counter in ``Values``, by name."""

COMPARE: Mapping[Operator, Callable[[int, int], bool]] = {
    Operator.AT_LEAST: operator.ge,
    Operator.MORE: operator.gt,
    Operator.AT_MOST: operator.le,
    Operator.LESS: operator.lt,
    Operator.EQUAL: operator.eq,
}


def index_of(scenario: Scenario) -> Index:
    """Return the place of every counter."""
    return {counter.name: place for place, counter in enumerate(scenario.counters)}


def start_values(scenario: Scenario) -> Values:
    """Return the counters as they stand before the first passage is entered."""
    return tuple(counter.start for counter in scenario.counters)


def hold(conditions: Sequence[Condition], values: Values, index: Index) -> bool:
    """Say whether all conditions hold; no conditions always hold."""
    return all(
        COMPARE[condition.operator](values[index[condition.counter]], condition.value)
        for condition in conditions
    )


def changed(effects: Sequence[Effect], values: Values, index: Index) -> Values:
    """Return the counters after the effects, which may be out of their range."""
    result = list(values)
    for effect in effects:
        base = 0 if effect.change is Change.SET else result[index[effect.counter]]
        result[index[effect.counter]] = base + effect.amount
    return tuple(result)


def clamped(values: Values, counters: Sequence[Counter]) -> Values:
    """Return the values, each brought back into the range of its counter.

    Leaving the range is an error that the proof reports; a player must not fall over it.
    """
    return tuple(
        [
            min(max(value, counter.minimum), counter.maximum)
            for value, counter in zip(values, counters, strict=True)
        ]
    )
