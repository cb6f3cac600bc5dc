"""A draft made playable: what points nowhere is left out, so that trying it never stumbles."""

from collections.abc import Iterable
from dataclasses import replace

from leer.scenarios import engine
from leer.scenarios.engine import Condition, Passage


def playable(graph: engine.Scenario) -> engine.Scenario:
    """The same story without effects and conditions on counters that are not there."""
    known = {counter.name for counter in graph.counters}
    passages = {name: _with(passage, known) for name, passage in graph.passages.items()}
    return replace(graph, passages=passages)


def start_at(graph: engine.Scenario, name: str, values: Iterable[int]) -> engine.State:
    """The state of somebody who stands in this passage with these counters, in their range."""
    numbers = list(values)
    counters = tuple(
        min(max(numbers[place], counter.minimum), counter.maximum)
        if place < len(numbers)
        else counter.start
        for place, counter in enumerate(graph.counters)
    )
    return engine.State(name, counters)


def _with(passage: Passage, known: set[str]) -> Passage:
    return replace(
        passage,
        effects=tuple(effect for effect in passage.effects if effect.counter in known),
        blocks=tuple(
            replace(block, conditions=_known(block.conditions, known)) for block in passage.blocks
        ),
        choices=tuple(
            replace(choice, conditions=_known(choice.conditions, known))
            for choice in passage.choices
        ),
    )


def _known(conditions: Iterable[Condition], known: set[str]) -> tuple[Condition, ...]:
    return tuple(needed for needed in conditions if needed.counter in known)
