# SPDX-License-Identifier: EUPL-1.2
"""The rules that a scenario keeps in every line of it, before anything is walked.

``parse`` refuses a text that breaks one. ``prove`` looks again, because a scenario can also come
from its stored form or from an editor.
"""

from collections import Counter as Tally
from collections.abc import Iterable, Iterator

from leer.scenarios.engine.graph import (
    Change,
    Choice,
    Condition,
    Effect,
    Kind,
    Passage,
    Scenario,
    TextBlock,
)
from leer.scenarios.engine.problems import Problem, problem


def rule_problems(scenario: Scenario) -> list[Problem]:
    """Return everything that breaks a rule, in the order of the passages."""
    found = [*_start_problems(scenario)]
    names = {counter.name for counter in scenario.counters}
    for passage in scenario.passages.values():
        found += [*_shape_problems(passage), *_value_problems(passage)]
        found += [*_target_problems(passage), *_counter_problems(passage, names)]
    return found


def _start_problems(scenario: Scenario) -> Iterator[Problem]:
    start = scenario.passages.get(scenario.start)
    if start is None:
        yield problem("start-unknown", start=scenario.start)
    elif start.kind is not Kind.SCENE:
        yield _problem(start, "start-not-scene", kind=start.kind.value)
    else:
        yield from _unstarted_counters(scenario, start)


def _unstarted_counters(scenario: Scenario, start: Passage) -> Iterator[Problem]:
    """Chapbook knows no counter before a vars section has set it, so the first scene must."""
    for counter in scenario.counters:
        changes = [effect for effect in start.effects if effect.counter == counter.name]
        if changes != [Effect(counter.name, Change.SET, counter.start)]:
            yield _problem(start, "counter-not-started", counter=counter.name, start=counter.start)


def _shape_problems(passage: Passage) -> Iterator[Problem]:
    count = len(passage.choices)
    if passage.kind is Kind.REACTION and count != 1:
        yield _problem(passage, "reaction-choices", count=count)
    if passage.kind is Kind.ENDING and count:
        yield _problem(passage, "ending-choices")


def _value_problems(passage: Passage) -> Iterator[Problem]:
    kind = passage.kind
    if passage.place and kind is Kind.REACTION:
        yield _problem(passage, "value-misplaced", name="plek", kind="een reactie")
    if passage.rationalisation and kind is not Kind.REACTION:
        other = "een scène" if kind is Kind.SCENE else "een einde"
        yield _problem(passage, "value-misplaced", name="smoes", kind=other)


def _target_problems(passage: Passage) -> Iterator[Problem]:
    tally = Tally(choice.target for choice in passage.choices)
    seen: set[str] = set()
    for choice in passage.choices:
        if choice.target in seen and tally.pop(choice.target, 0):
            yield problem(
                "choice-twice", line=choice.line, passage=passage.name, target=choice.target
            )
        seen.add(choice.target)


def _counter_problems(passage: Passage, names: set[str]) -> Iterator[Problem]:
    unknown = [effect.counter for effect in passage.effects if effect.counter not in names]
    for counter in dict.fromkeys(unknown):
        yield _problem(passage, "counter-unknown", counter=counter)
    pieces: Iterable[TextBlock | Choice] = (*passage.blocks, *passage.choices)
    for piece in pieces:
        yield from _unknown_in(piece.conditions, names, piece.line, passage)


def _unknown_in(
    conditions: Iterable[Condition], names: set[str], line: int, passage: Passage
) -> Iterator[Problem]:
    for condition in conditions:
        if condition.counter not in names:
            yield problem(
                "counter-unknown", line=line, passage=passage.name, counter=condition.counter
            )


def _problem(passage: Passage, code: str, **values: object) -> Problem:
    return problem(code, line=passage.line, passage=passage.name, **values)
