# SPDX-License-Identifier: EUPL-1.2
"""What a writer may want to look at again. Advice never stops a publication.

The limits come from the design ("Scenario files"): at most four choices, no long paths, short
scenes, a safe answer that is not given away by its place or its length, nothing that looks like
real data.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from leer.scenarios.engine.card import KEYS
from leer.scenarios.engine.graph import Choice, Kind, Outcome, Passage, Scenario
from leer.scenarios.engine.mechanics import hold
from leer.scenarios.engine.problems import Problem, problem
from leer.scenarios.engine.walk import NOWHERE, Walk, can_reach
from leer.scenarios.engine.wording import (
    MOST_WORDS_IN_SENTENCE,
    NAME,
    long_sentences,
    long_words,
)

MOST_CHOICES = 4
MOST_WORDS = 120
MOST_STEPS = 30
"""Fifteen decisions, each with its reaction: about a quarter of an hour."""
FEWEST_SCENES = 2
"""A pattern such as "always first" is worth a word when at least so many scenes show it."""

# Ten digits from 0, or from +31 / 0031 nine; with another country code seven or more.
PHONE = re.compile(
    r"(?<![\w+])(?:(?:\+|00)[1-9](?:[ -]?\d){7,13}|0[1-9](?:[ -]?\d){8})(?!\w)", re.ASCII
)
# Dutch plates: six letters and digits in three groups (RDW "sidecodes"), or run together.
PLATE = re.compile(
    r"(?<![\w-])(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*[0-9])(?=(?:-?[A-Z0-9]){6}(?![\w-]))"
    r"(?:[A-Z]{1,3}|[0-9]{1,3})-?(?:[A-Z]{1,3}|[0-9]{1,3})-?(?:[A-Z]{1,3}|[0-9]{1,3})(?![\w-])",
    re.IGNORECASE,
)
# ISO 6346: owner (three letters), category U, J or Z, six digits and a check digit.
CONTAINER = re.compile(r"(?<!\w)[A-Z]{3}[UJZ][ -]?\d{3}[ -]?\d{3}[ -]?\d(?!\w)", re.IGNORECASE)

LOOKS_LIKE = (
    ("looks-like-phone", PHONE),
    ("looks-like-plate", PLATE),
    ("looks-like-container", CONTAINER),
    ("looks-like-name", NAME),
)


def advise(scenario: Scenario) -> list[Problem]:
    """Return the advice that needs no walk: unknown keys, real-looking data, answer patterns."""
    found = [
        problem("card-key-unknown", passage="kaart", key=key)
        for key in sorted(set(scenario.card) - set(KEYS))
    ]
    for passage in scenario.passages.values():
        found += [*_looks_real(passage), *_hard_to_read(passage)]
    return [*found, *_patterns(scenario)]


def advise_on_walk(walk: Walk) -> list[Problem]:
    """Return the advice that depends on what a player can really meet."""
    return [*_many_choices(walk), *_texts(walk), *_final_first_choices(walk)]


def advise_on_length(longest: int) -> list[Problem]:
    """Return the advice on the longest route, counted in choices as ``Figures`` has it."""
    if longest <= MOST_STEPS:
        return []
    return [problem("path-long", count=longest, limit=MOST_STEPS)]


def is_safe(scenario: Scenario, choice: Choice) -> bool:
    """Say whether a choice counts as a safe answer.

    It does when the reaction to it uses no rationalisation (``smoes``), and when it doesn't lead
    straight to an ending with harm or a lesson.
    """
    target = scenario.passages.get(choice.target)
    if target is None or target.rationalisation:
        return False
    return target.outcome in {None, Outcome.SAFE}


def words_in(text: str) -> int:
    """Return how many words a reader sees; a dash on its own is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def _patterns(scenario: Scenario) -> Iterator[Problem]:
    dilemmas = list(_dilemmas(scenario))
    if len(dilemmas) < FEWEST_SCENES:
        return
    tests: tuple[tuple[str, Callable[[Sequence[Choice]], Choice]], ...] = (
        ("safe-first", lambda choices: choices[0]),
        ("safe-longest", lambda choices: max(choices, key=lambda choice: len(choice.text))),
    )
    for code, pick in tests:
        if all(is_safe(scenario, pick(choices)) for choices in dilemmas):
            yield problem(code)


def _dilemmas(scenario: Scenario) -> Iterator[tuple[Choice, ...]]:
    """Yield the choices of every scene that offers both a safe and an unsafe answer."""
    for passage in scenario.passages.values():
        safe = {is_safe(scenario, choice) for choice in passage.choices}
        if passage.kind is Kind.SCENE and len(safe) > 1:
            yield passage.choices


def _looks_real(passage: Passage) -> Iterator[Problem]:
    for text, line in _texts_of(passage):
        for code, pattern in LOOKS_LIKE:
            for found in pattern.finditer(text):
                yield problem(code, line=line, passage=passage.name, text=found[0])


def _hard_to_read(passage: Passage) -> Iterator[Problem]:
    for text, line in _texts_of(passage):
        for beginning, count in long_sentences(text):
            values = {"text": beginning, "count": count, "limit": MOST_WORDS_IN_SENTENCE}
            yield problem("sentence-long", line=line, passage=passage.name, **values)
        for word in long_words(text):
            yield problem("word-long", line=line, passage=passage.name, text=word)


def _texts_of(passage: Passage) -> Iterator[tuple[str, int]]:
    yield passage.place, passage.line
    yield passage.rationalisation, passage.line
    for block in passage.blocks:
        yield from _numbered(block.text, block.line)
    for choice in passage.choices:
        yield choice.text, choice.line


def _numbered(text: str, line: int) -> Iterator[tuple[str, int]]:
    for offset, piece in enumerate(text.split("\n")):
        yield piece, line + offset if line else 0


def _many_choices(walk: Walk) -> Iterator[Problem]:
    most: dict[str, int] = {}
    for (name, _), steps in zip(walk.situations, walk.steps, strict=True):
        most[name] = max(most.get(name, 0), len(steps))
    for name, count in most.items():
        if count > MOST_CHOICES:
            line = walk.scenario.passages[name].line
            yield problem("choices-many", line=line, passage=name, count=count, limit=MOST_CHOICES)


def _texts(walk: Walk) -> Iterator[Problem]:
    """Look at the text of every passage as a player can meet it: how long, and what never."""
    met: dict[str, set[tuple[int, ...]]] = {}
    for number in walk.numbers():
        met.setdefault(walk.situations[number][0], set()).add(visible_blocks(walk, number))
    for name, variants in met.items():
        yield from _text_problems(walk.scenario.passages[name], variants)


def visible_blocks(walk: Walk, number: int) -> tuple[int, ...]:
    """Return the places of the text blocks that are shown in a situation."""
    values = walk.situations[number][1]
    return tuple(
        [
            place
            for place, block in enumerate(walk.passages[number].blocks)
            if not block.conditions or hold(block.conditions, values, walk.index)
        ]
    )


def _text_problems(passage: Passage, variants: set[tuple[int, ...]]) -> Iterator[Problem]:
    """``variants`` are the combinations of text blocks in which the passage can be met."""
    words = [words_in(block.text) for block in passage.blocks]
    count = max(sum(words[place] for place in shown) for shown in variants)
    if passage.kind is Kind.SCENE and count > MOST_WORDS:
        values = {"count": count, "limit": MOST_WORDS}
        yield problem("scene-long", line=passage.line, passage=passage.name, **values)
    for place, block in enumerate(passage.blocks):
        if not any(place in shown for shown in variants):
            yield problem("text-never", line=block.line, passage=passage.name)


def _final_first_choices(walk: Walk) -> Iterator[Problem]:
    """A poor first choice leaves a way back (design, "What a scenario teaches by")."""
    safe = [number for number in walk.numbers() if walk.passages[number].outcome is Outcome.SAFE]
    hopeful = can_reach(walk, safe)
    first = walk.passages[0]
    for step in walk.steps[0] if hopeful and not first.fatal else ():
        if step.target not in {NOWHERE, *hopeful}:
            choice = first.choices[step.choice]
            yield problem(
                "first-choice-final", line=choice.line, passage=first.name, text=choice.text
            )


def by_line(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems in the order of the text, those without a line first."""
    return tuple(sorted(problems, key=lambda found: (found.line, found.passage)))
