# SPDX-License-Identifier: EUPL-1.2
"""Playing: from a state and a choice to the next state. Pure functions, nothing is kept here.

An attempt needs to store only the targets that were chosen: ``replay`` gives the rest. The
effects of a passage are applied on entering it, the first passage included. Counters that would
leave their range stop at its edge (the proof reports that as an error before publication).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from leer.scenarios.engine.graph import Choice, Kind, Outcome, Passage, Scenario
from leer.scenarios.engine.mechanics import (
    Values,
    changed,
    clamped,
    hold,
    index_of,
    start_values,
)


class NotAChoice(LookupError):
    """The target asked for is not one of the choices that can be made now."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a player is: the passage, and the counters in the order of ``scenario.counters``."""

    passage: str
    counters: Values = ()


def begin(scenario: Scenario) -> State:
    """Return the state in which the story opens."""
    return _enter(scenario, scenario.start, start_values(scenario))


def choices(scenario: Scenario, state: State) -> tuple[Choice, ...]:
    """Return the choices that can be made now, in the order of the text."""
    index = index_of(scenario)
    return tuple(
        choice
        for choice in passage_of(scenario, state).choices
        if hold(choice.conditions, state.counters, index)
    )


def choose(scenario: Scenario, state: State, target: str) -> State:
    """Return the state after choosing ``target``; raises ``NotAChoice`` when that can't be done."""
    allowed = {choice.target for choice in choices(scenario, state)}
    if target not in allowed or target not in scenario.passages:
        raise NotAChoice(f"{target!r} can't be chosen in {state.passage!r}")
    return _enter(scenario, target, state.counters)


def replay(scenario: Scenario, targets: Iterable[str]) -> State:
    """Return the state after making all these choices from the beginning."""
    state = begin(scenario)
    for target in targets:
        state = choose(scenario, state, target)
    return state


def visible_text(scenario: Scenario, state: State) -> str:
    """Return the text that is to be read now, as Markdown, paragraphs apart."""
    index = index_of(scenario)
    return "\n\n".join(
        block.text
        for block in passage_of(scenario, state).blocks
        if hold(block.conditions, state.counters, index)
    )


def is_over(scenario: Scenario, state: State) -> bool:
    """Say whether the story has come to an ending."""
    return passage_of(scenario, state).kind is Kind.ENDING


def outcome(scenario: Scenario, state: State) -> Outcome | None:
    """Return how the story ended, or None while it goes on."""
    return passage_of(scenario, state).outcome


def passage_of(scenario: Scenario, state: State) -> Passage:
    """Return the passage that is shown now."""
    return scenario.passages[state.passage]


def _enter(scenario: Scenario, name: str, values: Values) -> State:
    effects = scenario.passages[name].effects
    after = changed(effects, values, index_of(scenario))
    return State(name, clamped(after, scenario.counters))
