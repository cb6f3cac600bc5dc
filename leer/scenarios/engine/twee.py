# SPDX-License-Identifier: EUPL-1.2
"""Twee 3 text in and out: the front door of the reader and the writer.

A scenario file is Twee 3 in a strict subset of the Chapbook 2 story format, so that Twine opens,
edits and plays the very same file. Reading goes down in steps, each in its own module:
``source`` cuts the text into passages, ``card`` reads the metadata, ``labels`` the tags, ``body``
the pages (``markup`` says what text may hold), and ``rules`` looks at the whole. Every problem is
collected; a writer gets the list at once.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from leer.scenarios.engine import card as cards
from leer.scenarios.engine.body import Body, read_body
from leer.scenarios.engine.graph import Counter, Effect, Passage, Scenario
from leer.scenarios.engine.labels import Labels, read_labels
from leer.scenarios.engine.problems import Problem, problem
from leer.scenarios.engine.rules import rule_problems
from leer.scenarios.engine.source import Section, split
from leer.scenarios.engine.writer import FORMAT, write

__all__ = ["TweeError", "parse", "write"]

TITLE = "StoryTitle"
DATA = "StoryData"
DATA_KEYS = frozenset({"ifid", "format", "format-version", "start", "zoom", "tag-colors"})
IFID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


class TweeError(ValueError):
    """The text is not a scenario. ``problems`` says everything that is wrong, by line."""

    def __init__(self, problems: Iterable[Problem], name: str = "") -> None:
        self.problems = sorted(problems, key=lambda found: found.line)
        self.name = name
        heading = [name] if name else []
        super().__init__("\n".join([*heading, *map(str, self.problems)]))


@dataclass(slots=True)
class _Reading:
    """A file on its way to being a scenario."""

    ifid: str = ""
    title: str = ""
    start: str = ""
    card: cards.Card = field(default_factory=cards.Card)
    passages: dict[str, Passage] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def parse(text: str, *, name: str = "") -> Scenario:
    """Read a scenario file; ``name`` (of the file) only heads the error.

    Raises ``TweeError`` with all problems when the text is not a scenario that Twine plays.
    """
    sections, problems = split(text)
    reading = _Reading(problems=problems)
    pages = _take_special(reading, _without_doubles(reading, sections))
    for page in pages:
        _read_page(reading, page)
    scenario = _scenario(reading)
    reading.problems += _rule_problems(reading, scenario)
    if reading.problems:
        raise TweeError(reading.problems, name)
    return scenario


def _scenario(reading: _Reading) -> Scenario:
    return Scenario(
        ifid=reading.ifid,
        title=reading.title,
        start=reading.start,
        card=reading.card.values,
        counters=reading.card.counters,
        passages=reading.passages,
    )


def _rule_problems(reading: _Reading, scenario: Scenario) -> list[Problem]:
    """Return the broken rules that are not merely the echo of a piece that could not be read."""
    spoiled = {found.passage for found in reading.problems}
    if spoiled.intersection({DATA, scenario.start}):
        spoiled.add("")
    echoes = set() if reading.card.counters_read else {"counter-unknown", "counter-not-started"}
    return [
        found
        for found in rule_problems(scenario)
        if found.passage not in spoiled and found.code not in echoes
    ]


def _without_doubles(reading: _Reading, sections: Iterable[Section]) -> list[Section]:
    first: dict[str, Section] = {}
    for section in sections:
        earlier = first.setdefault(section.name, section)
        if earlier is not section:
            reading.problems.append(
                _problem(section, "name-twice", name=section.name, first=earlier.line)
            )
    return list(first.values())


def _take_special(reading: _Reading, sections: Sequence[Section]) -> list[Section]:
    """Read title, story data and card; return the story pages that are left."""
    by_name = {section.name: section for section in sections}
    _read_title(reading, by_name.pop(TITLE, None))
    _read_data(reading, by_name.pop(DATA, None))
    card = next((item for item in sections if _is_card(item)), None)
    _read_card(reading, by_name.pop(card.name) if card else None)
    return list(by_name.values())


def _is_card(section: Section) -> bool:
    return section.name == cards.NAME or cards.NAME in section.tags


def _read_title(reading: _Reading, section: Section | None) -> None:
    reading.title = section.text if section else ""
    if not reading.title or "\n" in reading.title:
        reading.problems.append(problem("title-missing", line=section.line if section else 0))


def _read_data(reading: _Reading, section: Section | None) -> None:
    if section is None:
        reading.problems.append(problem("data-missing"))
        return
    try:
        data = json.loads(section.text)
        if not isinstance(data, dict):
            raise ValueError("geen accolades om het geheel")
    except (ValueError, RecursionError) as error:
        reading.problems.append(_problem(section, "data-unreadable", detail=error))
        return
    _use_data(reading, section, data)


def _use_data(reading: _Reading, section: Section, data: dict[str, Any]) -> None:
    reading.ifid = str(data.get("ifid", "")).upper()
    reading.start = str(data.get("start") or "")
    found = [
        _problem(section, "data-unknown-key", key=key) for key in sorted(data.keys() - DATA_KEYS)
    ]
    if not IFID.fullmatch(reading.ifid):
        found.append(_problem(section, "ifid-wrong"))
    if not reading.start:
        found.append(_problem(section, "start-missing"))
    reading.problems += [*found, *_format_problems(section, data)]


def _format_problems(section: Section, data: dict[str, Any]) -> list[Problem]:
    story_format = str(data.get("format", ""))
    version = str(data.get("format-version", "2"))
    if story_format == FORMAT and version.partition(".")[0] == "2":
        return []
    return [_problem(section, "format-wrong", format=f"{story_format} {version}".strip())]


def _read_card(reading: _Reading, section: Section | None) -> None:
    if section is None:
        reading.problems.append(problem("card-missing"))
        reading.card.counters_read = False
        return
    if section.name != cards.NAME or section.tags != (cards.NAME,):
        reading.problems.append(_problem(section, "card-header-wrong"))
    reading.card = cards.read_card(section)
    reading.problems += reading.card.problems


def _read_page(reading: _Reading, section: Section) -> None:
    labels, problems = read_labels(section)
    body = read_body(section.name, section.lines)
    reading.problems += [*problems, *body.problems]
    if labels:
        reading.passages[section.name] = _passage(section, labels, body, reading.card.counters)


def _passage(section: Section, labels: Labels, body: Body, counters: Sequence[Counter]) -> Passage:
    return Passage(
        name=section.name,
        kind=labels.kind,
        phase=labels.phase,
        outcome=labels.outcome,
        fatal=labels.fatal,
        place=body.values.get("plek", ""),
        picture=body.values.get("beeld", ""),
        rationalisation=body.values.get("smoes", ""),
        effects=_in_order(body.effects, counters),
        blocks=tuple(body.blocks),
        choices=tuple(body.choices),
        position=section.position,
        line=section.line,
    )


def _in_order(effects: Iterable[Effect], counters: Sequence[Counter]) -> tuple[Effect, ...]:
    """Sort the effects as the card sorts the counters; each counter changes once, so it may."""
    places = {counter.name: place for place, counter in enumerate(counters)}
    return tuple(sorted(effects, key=lambda item: places.get(item.counter, len(places))))


def _problem(section: Section, code: str, **values: object) -> Problem:
    return problem(code, line=section.line, passage=section.name, **values)
