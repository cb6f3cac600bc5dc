# SPDX-License-Identifier: EUPL-1.2
"""One way to write a scenario down: the same scenario is always the same text.

Passages come in reading order, settings before counter changes, text before choices. Choices
stand a blank line apart, because Chapbook runs lines without one together in a paragraph.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from leer.scenarios.engine.body import looks_like_setting
from leer.scenarios.engine.card import card_lines
from leer.scenarios.engine.graph import (
    Change,
    Choice,
    Condition,
    Effect,
    Passage,
    Scenario,
    TextBlock,
    reading_order,
)
from leer.scenarios.engine.labels import label_text
from leer.scenarios.engine.source import escape

FORMAT = "Chapbook"
FORMAT_VERSION = "2.3.0"
"""The Chapbook 2 that Twine 2.11 comes with (klembot/twinejs, ``public/story-formats``)."""

TAG_COLOURS = {
    "scene": "blue",
    "reactie": "yellow",
    "veilig": "green",
    "leermoment": "orange",
    "schade": "red",
}
"""How Twine colours the map for a writer. Part of the form, not of the scenario."""


def write(scenario: Scenario) -> str:
    """Return the scenario as canonical Twee 3 text."""
    sections = [
        f":: StoryTitle\n{scenario.title}",
        f":: StoryData\n{_story_data(scenario)}",
        "\n".join([":: kaart [kaart]", *card_lines(scenario.card, scenario.counters)]),
        *map(_passage_text, reading_order(scenario)),
    ]
    return "\n\n".join(sections) + "\n"


def _story_data(scenario: Scenario) -> str:
    data = {
        "ifid": scenario.ifid,
        "format": FORMAT,
        "format-version": FORMAT_VERSION,
        "start": scenario.start,
        "tag-colors": TAG_COLOURS,
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _passage_text(passage: Passage) -> str:
    return "\n".join([_header(passage), *_settings(passage), *_pieces(passage)])


def _header(passage: Passage) -> str:
    parts = ["::", escape(passage.name), label_text(passage)]
    if passage.position:
        position = {"position": f"{passage.position[0]},{passage.position[1]}"}
        parts.append(json.dumps(position, separators=(",", ":")))
    return " ".join(parts)


def _settings(passage: Passage) -> list[str]:
    named = {
        "plek": passage.place,
        "beeld": passage.picture,
        "smoes": passage.rationalisation,
    }
    lines = [f"{name}: {_quoted(value)}" for name, value in named.items() if value]
    lines += map(_effect_text, passage.effects)
    return [*lines, "--"] if lines or _needs_separator(passage) else []


def _needs_separator(passage: Passage) -> bool:
    first = passage.blocks[0] if passage.blocks else None
    if first is None or first.conditions:
        return False
    return looks_like_setting(first.text.partition("\n")[0])


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _effect_text(effect: Effect) -> str:
    if effect.change is Change.SET:
        return f"{effect.counter}: {effect.amount}"
    sign = "-" if effect.amount < 0 else "+"
    return f"{effect.counter}: {effect.counter} {sign} {abs(effect.amount)}"


def _pieces(passage: Passage) -> Iterator[str]:
    """Yield text and choices, a modifier before each change of condition."""
    pieces: Iterable[TextBlock | Choice] = (*passage.blocks, *passage.choices)
    before: tuple[Condition, ...] = ()
    blank = False
    for conditions, group in groupby(pieces, key=lambda piece: piece.conditions):
        yield from [""] * blank
        if conditions != before:
            yield _modifier(conditions)
        yield "\n\n".join(map(_piece_text, group))
        before, blank = conditions, True


def _piece_text(piece: TextBlock | Choice) -> str:
    if isinstance(piece, TextBlock):
        return piece.text
    return f"[[{piece.text}->{piece.target}]]"


def _modifier(conditions: tuple[Condition, ...]) -> str:
    if not conditions:
        return "[continue]"
    parts = (f"{item.counter} {item.operator.value} {item.value}" for item in conditions)
    return f"[if {' && '.join(parts)}]"
