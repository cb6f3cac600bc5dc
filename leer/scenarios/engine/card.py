# SPDX-License-Identifier: EUPL-1.2
"""The ``kaart`` passage: what a scenario says about itself, and the counters it keeps."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from leer.scenarios.engine.graph import Counter
from leer.scenarios.engine.problems import Problem, problem
from leer.scenarios.engine.source import Line, Section

NAME = "kaart"
COUNTERS_KEY = "tellers"

REQUIRED_KEYS = ("versie", "taal", "thema", "leerdoel", "bron", "herziening")
"""Without these a scenario is not published (design, "Scenario files")."""

KEYS = (
    "versie",
    "taal",
    "thema",
    "signalen",
    "functies",
    "leerdoel",
    "rubricering",
    "bron",
    "herziening",
    "slaagregel",
    "tellernamen",
)
"""Every key that means something, in the order in which the writer puts them."""

LINE = re.compile(r"([a-z][a-z-]*)\s*:\s*(.*)")
NUMBER = r"(-?(?:0|[1-9][0-9]{0,8}))"
COUNTER = re.compile(rf"([a-z][a-z0-9_]*)\s+{NUMBER}\.\.{NUMBER}\s*=\s*{NUMBER}")

# Names that a Chapbook condition would not find in the story's state, because JavaScript, the
# browser's window or Chapbook itself already has them (Chapbook guide, "The Vars Section").
RESERVED_WORDS = (
    "plek beeld smoes config browser engine now passage random story await break case catch "
    "class const continue debugger default delete do else enum export extends false finally for "
    "function if implements import in instanceof interface let new null package private "
    "protected public return static super switch this throw true try typeof var void while with "
    "yield undefined arguments eval alert atob blur btoa caches chrome close closed confirm "
    "console crypto document event external fence fetch find focus frames history indexeddb "
    "length location locationbar menubar moveby moveto name navigation navigator open opener "
    "origin parent performance personalbar print prompt queue scheduler screen screenleft "
    "screentop scroll scrollbars self status statusbar stop styles toolbar top window "
)
RESERVED = frozenset(RESERVED_WORDS.split())


@dataclass(slots=True)
class Card:
    """The card as read. ``counters_read`` is False when the counters' line was not understood."""

    values: dict[str, str] = field(default_factory=dict)
    counters: tuple[Counter, ...] = ()
    counters_read: bool = True
    problems: list[Problem] = field(default_factory=list)


def read_card(section: Section) -> Card:
    """Read the lines of the card."""
    card = Card()
    for line in section.lines:
        if line.text.strip():
            _read_line(card, line)
    return card


def card_lines(values: Mapping[str, str], counters: tuple[Counter, ...]) -> list[str]:
    """Return the card as it is written: known keys in their order, then others, then counters."""
    known = [key for key in KEYS if key in values]
    keys = known + sorted(set(values) - set(known))
    lines = [f"{key}: {values[key]}".rstrip() for key in keys]
    if counters:
        lines.append(f"{COUNTERS_KEY}: {', '.join(map(_counter_text, counters))}")
    return lines


def _counter_text(counter: Counter) -> str:
    return f"{counter.name} {counter.minimum}..{counter.maximum} = {counter.start}"


def _read_line(card: Card, line: Line) -> None:
    match = LINE.fullmatch(line.text.strip())
    if not match:
        card.problems.append(problem("card-line-unreadable", line=line.number, passage=NAME))
    elif match[1] == COUNTERS_KEY and not card.counters:
        _read_counters(card, match[2], line.number)
    elif match[1] in {*card.values, COUNTERS_KEY}:
        card.problems.append(
            problem("card-key-twice", line=line.number, passage=NAME, key=match[1])
        )
    else:
        card.values[match[1]] = match[2]


def _read_counters(card: Card, text: str, line: int) -> None:
    for item in filter(None, map(str.strip, text.split(","))):
        match = COUNTER.fullmatch(item)
        if match:
            counter = Counter(match[1], int(match[2]), int(match[3]), int(match[4]))
            card.problems += _counter_problems(counter, card.counters, line)
            card.counters += (counter,)
        else:
            card.counters_read = False
            card.problems.append(problem("counters-unreadable", line=line, passage=NAME, text=item))


def _counter_problems(counter: Counter, earlier: tuple[Counter, ...], line: int) -> list[Problem]:
    found = []
    if counter.name in RESERVED:
        found.append("counter-name-reserved")
    if any(other.name == counter.name for other in earlier):
        found.append("counter-twice")
    if not counter.minimum <= counter.start <= counter.maximum:
        found.append("counter-start-outside")
    values = {"minimum": counter.minimum, "maximum": counter.maximum, "start": counter.start}
    return [
        problem(code, line=line, passage=NAME, counter=counter.name, **values) for code in found
    ]
