# SPDX-License-Identifier: EUPL-1.2
"""How large a scenario is, and how it can end.

Everything here is exact or left out (None), never sampled; ``longest`` and ``reading_seconds``
are upper bounds where the story goes round. **Ways**: how often a player could play and make other
choices, counted over every route from the start to an ending; where a route can go round, there
are endlessly many. **Scores**: the values that each counter can have at an ending. **Shares**: how
often each ending comes up when every choice is made with equal chance (``chance``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leer.scenarios.engine.advice import visible_blocks, words_in
from leer.scenarios.engine.chance import arrivals
from leer.scenarios.engine.graph import Kind, Outcome, Passage, Scenario
from leer.scenarios.engine.walk import Walk, groups_of, has_loops, is_loop, longest

WORDS_PER_MINUTE = 200
"""Careful reading. Silent reading of prose averages about 240 (Brysbaert 2019, meta-analysis)."""


@dataclass(frozen=True, slots=True)
class Score:
    """The lowest and the highest value that a counter can have at the end."""

    counter: str
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Ending:
    """One ending that can be reached.

    ``share`` is how often random play comes here (0..1), None when that is too much to work out.
    ``shortest`` counts the least choices to it. ``scores`` are in the order of the card.
    """

    passage: str
    outcome: Outcome
    share: float | None
    shortest: int
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """How large a scenario is.

    ``states`` are the situations that can occur. ``ways`` are the different routes from start to
    ending, None when a loop makes them endless. ``shortest`` and ``longest`` count the choices
    from start to ending, the single choice of a reaction included. ``shortest`` is None when no
    ending can be reached. ``longest`` and ``reading_seconds`` are for the longest route without
    coming in the same situation twice: exact, or an upper bound when ``has_loops``. ``scores``
    are over all endings; ``endings`` come in the order of the text. Shares sum to 1 in a scenario
    without errors; elsewhere what gets stuck is missing.
    """

    states: int = 0
    scenes: int = 0
    ways: int | None = 0
    shortest: int | None = None
    longest: int = 0
    reading_seconds: int = 0
    has_loops: bool = False
    scores: tuple[Score, ...] = ()
    endings: tuple[Ending, ...] = ()

    def share_of(self, outcome: Outcome) -> float | None:
        """Return how often random play ends in this way, None when that is not worked out."""
        shares = [ending.share for ending in self.endings if ending.outcome is outcome]
        known = [share for share in shares if share is not None]
        return sum(known) if len(known) == len(shares) else None


def count_scenes(scenario: Scenario) -> int:
    """Return how many scenes a scenario has, reachable or not."""
    return sum(passage.kind is Kind.SCENE for passage in scenario.passages.values())


def figures_of(walk: Walk) -> Figures:
    """Work out the figures of a walk that is complete."""
    groups = groups_of(walk)
    words = longest(walk, groups, _words(walk), per_step=0)
    ends = [number for number in walk.numbers() if walk.passages[number].kind is Kind.ENDING]
    return Figures(
        states=len(walk.situations),
        scenes=count_scenes(walk.scenario),
        ways=_ways(walk, groups),
        shortest=min((walk.depth[number] for number in ends), default=None),
        longest=longest(walk, groups, [0] * len(walk.situations), per_step=1),
        reading_seconds=round(words * 60 / WORDS_PER_MINUTE),
        has_loops=has_loops(walk, groups),
        scores=_scores(walk, ends),
        endings=tuple(_endings(walk, groups, ends)),
    )


def _ways(walk: Walk, groups: Iterable[set[int]]) -> int | None:
    """Count the routes to an ending; a loop that leads to none takes no part."""
    ways = [0] * len(walk.situations)
    for group in groups:
        if is_loop(walk, group):
            if any(ways[target] for number in group for target in walk.onward[number]):
                return None
            continue
        (number,) = group
        after = sum([ways[target] for target in walk.onward[number]])
        ways[number] = 1 if walk.passages[number].kind is Kind.ENDING else after
    return ways[0]


def _endings(walk: Walk, groups: Sequence[set[int]], ends: Iterable[int]) -> list[Ending]:
    numbers: dict[str, list[int]] = {}
    for number in ends:
        numbers.setdefault(walk.situations[number][0], []).append(number)
    chances = arrivals(walk, groups)
    return [
        _ending(walk, passage, numbers[name], chances)
        for name, passage in walk.scenario.passages.items()
        if name in numbers and passage.outcome  # a draft may not say yet how it ends
    ]


def _ending(
    walk: Walk, passage: Passage, numbers: Sequence[int], chances: Sequence[float] | None
) -> Ending:
    assert passage.outcome is not None
    return Ending(
        passage=passage.name,
        outcome=passage.outcome,
        share=None if chances is None else sum(chances[number] for number in numbers),
        shortest=min(walk.depth[number] for number in numbers),
        scores=_scores(walk, numbers),
    )


def _scores(walk: Walk, numbers: Sequence[int]) -> tuple[Score, ...]:
    if not numbers:
        return ()
    values = zip(*(walk.situations[number][1] for number in numbers), strict=True)
    counters = walk.scenario.counters
    return tuple(
        Score(counter.name, min(seen), max(seen))
        for counter, seen in zip(counters, values, strict=True)
    )


def _words(walk: Walk) -> list[int]:
    """Return how much there is to read in every situation: the text and the choices."""
    counted = {name: _words_of(passage) for name, passage in walk.scenario.passages.items()}
    words = []
    for number in walk.numbers():
        blocks, choices = counted[walk.situations[number][0]]
        shown = sum([blocks[place] for place in visible_blocks(walk, number)])
        words.append(shown + sum([choices[step.choice] for step in walk.steps[number]]))
    return words


def _words_of(passage: Passage) -> tuple[list[int], list[int]]:
    blocks = [words_in(block.text) for block in passage.blocks]
    return blocks, [words_in(choice.text) for choice in passage.choices]
