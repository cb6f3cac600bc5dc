# SPDX-License-Identifier: EUPL-1.2
"""The proof: is this scenario sound enough to put before a learner?

The proof walks every situation a player can come in (a passage with the values of the counters)
and looks for what must not happen: no way on, no way out, no safe ending, no recovery, a counter
out of its range. It also names what can never happen: passages and choices nobody will see. An
error stops publication; a warning is advice. The work grows with the number of situations, and
that number has a limit.

**Recovery.** A scene must leave a way to a safe ending in *every* situation in which it can be
met, unless it is marked ``fataal``. Only scenes are asked. A reaction and the ending behind it are
the consequence of a choice in a scene, and belong to it: choosing wrong may cost the player the
story, as long as the scene where that choice was made also offered a way that ends well. When a
reaction leads on to a next scene, that scene is asked itself. So every point where the player
still decides something is covered, and the scenario says openly (``fataal``) where nothing can be
saved any more. For the opening scene the warning ``first-choice-final`` asks more.

**No echoes.** One mistake should be one message. Situations that can only lead to a dead end or to
an unknown target are not also reported as having no way out; without any safe ending, recovery
is not reported scene by scene; and beyond the limit nothing is concluded from what was not seen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leer.scenarios.engine.advice import advise, advise_on_length, advise_on_walk, by_line
from leer.scenarios.engine.card import NAME as CARD
from leer.scenarios.engine.card import REQUIRED_KEYS
from leer.scenarios.engine.figures import Figures, count_scenes, figures_of
from leer.scenarios.engine.graph import Kind, Outcome, Passage, Scenario
from leer.scenarios.engine.problems import Problem, problem
from leer.scenarios.engine.rules import rule_problems
from leer.scenarios.engine.terms import term_problems
from leer.scenarios.engine.walk import (
    NOWHERE,
    Walk,
    can_reach,
    walk_all,
)

MAX_STATES = 100_000

FATAL_TO_THE_WALK = frozenset({"start-unknown", "counter-unknown"})
"""Broken rules with which no situation can be worked out."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What the proof found. Both lists are in the order of the text."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    figures: Figures

    @property
    def ok(self) -> bool:
        """Whether the scenario may be published, as far as the engine can tell."""
        return not self.errors


def prove(scenario: Scenario, *, max_states: int = MAX_STATES) -> Proof:
    """Prove a scenario sound, or say why it isn't. Never raises and never hangs."""
    errors = [*rule_problems(scenario), *_static_errors(scenario)]
    warnings = advise(scenario)
    figures = Figures(scenes=count_scenes(scenario))
    if not FATAL_TO_THE_WALK.intersection(found.code for found in errors):
        walk = walk_all(scenario, max_states)
        errors += _walk_errors(walk, max_states)
        if walk.complete:
            warnings += advise_on_walk(walk)
            figures = figures_of(walk)
            if not figures.has_loops:  # else the longest route is no more than an upper bound
                warnings += advise_on_length(figures.longest)
    return Proof(by_line(errors), by_line(warnings), figures)


def _static_errors(scenario: Scenario) -> Iterator[Problem]:
    for key in REQUIRED_KEYS:
        if not scenario.card.get(key, "").strip():
            yield problem("card-key-missing", passage=CARD, key=key)
    yield from term_problems(scenario)
    for passage in scenario.passages.values():
        for choice in passage.choices:
            if choice.target not in scenario.passages:
                values = {"text": choice.text, "target": choice.target}
                yield problem("target-unknown", line=choice.line, passage=passage.name, **values)


def _walk_errors(walk: Walk, limit: int) -> Iterator[Problem]:
    yield from _overflow_errors(walk)
    if not walk.complete:
        yield problem("states-too-many", limit=limit)
        return
    yield from _dead_end_errors(walk)
    yield from _unreachable_errors(walk)
    yield from _loop_errors(walk)
    yield from _safety_errors(walk)
    yield from _unchosen_errors(walk)


def _overflow_errors(walk: Walk) -> Iterator[Problem]:
    for overflow in walk.overflows.values():
        passage, counter = walk.scenario.passages[overflow.passage], overflow.counter
        yield _problem(
            passage,
            "counter-outside",
            counter=counter.name,
            value=overflow.value,
            minimum=counter.minimum,
            maximum=counter.maximum,
        )


def _dead_end_errors(walk: Walk) -> Iterator[Problem]:
    yield from _once_each(walk, "dead-end", _dead_ends(walk))


def _unreachable_errors(walk: Walk) -> Iterator[Problem]:
    seen = {name for name, _ in walk.situations}
    for name, passage in walk.scenario.passages.items():
        if name not in seen:
            yield _problem(passage, "unreachable")


def _loop_errors(walk: Walk) -> Iterator[Problem]:
    """Report situations that go round for ever; those that merely get stuck are told elsewhere."""
    stops = [*_endings(walk), *_dead_ends(walk), *_broken(walk)]
    free = can_reach(walk, stops)
    caught = (number for number in walk.numbers() if number not in free)
    yield from _once_each(walk, "no-way-out", caught)


def _safety_errors(walk: Walk) -> Iterator[Problem]:
    safe = [number for number in _endings(walk) if walk.passages[number].outcome is Outcome.SAFE]
    if not safe:
        yield problem("no-safe-ending")
        return
    hopeful = can_reach(walk, safe)
    lost = (number for number in walk.numbers() if number not in hopeful)
    yield from _once_each(walk, "no-recovery", (n for n in lost if _must_recover(walk.passages[n])))


def _must_recover(passage: Passage) -> bool:
    return passage.kind is Kind.SCENE and not passage.fatal


def _unchosen_errors(walk: Walk) -> Iterator[Problem]:
    made: dict[str, set[int]] = {}
    for (name, _), steps in zip(walk.situations, walk.steps, strict=True):
        made.setdefault(name, set()).update(step.choice for step in steps)
    for name, places in made.items():
        for place, choice in enumerate(walk.scenario.passages[name].choices):
            if place not in places:
                yield problem("choice-never", line=choice.line, passage=name, text=choice.text)


def _endings(walk: Walk) -> list[int]:
    return [number for number in walk.numbers() if walk.passages[number].kind is Kind.ENDING]


def _dead_ends(walk: Walk) -> list[int]:
    return [
        number
        for number, steps in enumerate(walk.steps)
        if not steps and walk.passages[number].kind is not Kind.ENDING
    ]


def _broken(walk: Walk) -> list[int]:
    return [
        number
        for number, steps in enumerate(walk.steps)
        if any(step.target == NOWHERE for step in steps)
    ]


def _once_each(walk: Walk, code: str, numbers: Iterable[int]) -> Iterator[Problem]:
    """Report each passage once, with the first situation in which it goes wrong."""
    first: dict[str, int] = {}
    for number in numbers:
        first.setdefault(walk.situations[number][0], number)
    for number in first.values():
        yield _problem(walk.passages[number], code, situation=_situation_text(walk, number))


def _situation_text(walk: Walk, number: int) -> str:
    """Return the counters of a situation as " (druk 3, vertrouwen 0)", or nothing without any."""
    values = walk.situations[number][1]
    pairs = zip(walk.scenario.counters, values, strict=True)
    text = ", ".join(f"{counter.name} {value}" for counter, value in pairs)
    return f" ({text})" if text else ""


def _problem(passage: Passage, code: str, **values: object) -> Problem:
    return problem(code, line=passage.line, passage=passage.name, **values)
