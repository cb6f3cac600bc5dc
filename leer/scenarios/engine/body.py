# SPDX-License-Identifier: EUPL-1.2
"""What stands under the header of a story page: settings above ``--``, then text and choices.

Chapbook's reading of it (klembot/chapbook, ``src/runtime/template/parse.ts``), which this reader
follows closely so that Twine plays what Leer plays:

- the text is split at lines of exactly ``--``; after a second one everything is thrown away;
- a modifier such as ``[if …]`` is a line that ends in ``]`` exactly, and lasts until the next
  modifier; one with nothing under it sticks to the next piece;
- the two sides of ``->`` in a link are not trimmed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from leer.scenarios.engine.graph import (
    Change,
    Choice,
    Condition,
    Effect,
    Operator,
    TextBlock,
)
from leer.scenarios.engine.markup import (
    CHOICE_MARKS,
    INLINE_MARKS,
    emphasis_problems,
    forbidden,
    line_problems,
)
from leer.scenarios.engine.problems import Problem, problem
from leer.scenarios.engine.source import NAME_FORBIDDEN, Line

SEPARATOR = "--"
TEXT_NAMES = ("plek", "beeld", "smoes")

VARIABLE = re.compile(r"([A-Za-z_]\w*)\s*:\s*(.*)", re.ASCII)
# JavaScript reads 010 as eight and loses count beyond fifteen digits, so neither is a number here.
SET = re.compile(r"(-?(?:0|[1-9][0-9]{0,8}))")
ADD = re.compile(r"([a-z][a-z0-9_]*)\s*([+-])\s*(0|[1-9][0-9]{0,8})")
QUOTED = re.compile(r"'((?:[^'\\]|\\['\\])*)'")
CONDITION = re.compile(r"([a-z][a-z0-9_]*)\s*(>=|<=|===|>|<)\s*(-?(?:0|[1-9][0-9]{0,8}))")
CHOICE = re.compile(r"\[\[(.*?)->(.*)\]\]")
FORGOTTEN = re.compile(
    r"(?:plek|beeld|smoes)\s*:.*|[a-z][a-z0-9_]*\s*:\s*(?:[a-z][a-z0-9_]*\s*[+-]\s*)?-?[0-9]+\s*"
)


@dataclass(slots=True)
class Body:
    """A body as read, with everything that was wrong in it."""

    passage: str
    values: dict[str, str] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    blocks: list[TextBlock] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def report(self, code: str, line: int, **values: object) -> None:
        """Note a problem at this line."""
        self.problems.append(problem(code, line=line, passage=self.passage, **values))


def read_body(passage: str, lines: Sequence[Line]) -> Body:
    """Read everything under a header."""
    body = Body(passage)
    settings, text = _split(body, lines)
    for line in settings:
        _read_setting(body, line)
    _TextReader(body).read(text)
    return body


def looks_like_setting(line: str) -> bool:
    """Say whether a first line without ``--`` under it was surely meant as a setting."""
    return FORGOTTEN.fullmatch(line) is not None


def _split(body: Body, lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    for line in lines:
        if line.text != SEPARATOR and line.text.strip() == SEPARATOR:
            body.report("trailing-space", line.number, text=SEPARATOR)
    places = [place for place, line in enumerate(lines) if line.text.strip() == SEPARATOR]
    for place in places[1:]:
        body.report("separator-twice", lines[place].number)
    if places:
        text = [line for line in lines[places[0] + 1 :] if line.text.strip() != SEPARATOR]
        return lines[: places[0]], text
    _report_forgotten_separator(body, lines)
    return (), lines


def _report_forgotten_separator(body: Body, lines: Sequence[Line]) -> None:
    first = next((line for line in lines if line.text.strip()), None)
    if first and looks_like_setting(first.text):
        body.report("separator-missing", first.number)


def _read_setting(body: Body, line: Line) -> None:
    if not line.text.strip():
        return
    match = VARIABLE.fullmatch(line.text.strip())
    if not match:
        body.report("variable-unreadable", line.number)
    elif _is_set(body, match[1]):
        body.report("variable-twice", line.number, name=match[1])
    elif match[1] in TEXT_NAMES:
        _read_text_value(body, match[1], match[2], line.number)
    else:
        _read_effect(body, match[1], match[2], line.number)


def _is_set(body: Body, name: str) -> bool:
    return name in body.values or any(effect.counter == name for effect in body.effects)


def _read_text_value(body: Body, name: str, text: str, line: int) -> None:
    quoted = QUOTED.fullmatch(text)
    if not quoted:
        body.report("variable-unquoted", line, name=name)
        return
    value = re.sub(r"\\(.)", r"\1", quoted[1]).strip()
    body.values[name] = value
    body.problems += forbidden(value, INLINE_MARKS, line, body.passage)


def _read_effect(body: Body, name: str, text: str, line: int) -> None:
    if match := SET.fullmatch(text):
        body.effects.append(Effect(name, Change.SET, int(match[1])))
    elif (match := ADD.fullmatch(text)) and match[1] == name:
        body.effects.append(Effect(name, Change.ADD, int(match[2] + match[3])))
    else:
        body.report("variable-unreadable", line)


class _TextReader:
    """Reads text and choices line by line, keeping the condition that holds for them."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.conditions: tuple[Condition, ...] = ()
        self.paragraph: list[Line] = []
        self.empty_since = 0
        """The line of an ``[if …]`` under which nothing stands yet, or 0."""

    def read(self, lines: Sequence[Line]) -> None:
        for line in lines:
            self._read_line(line)
        self._close_condition()

    def _read_line(self, line: Line) -> None:
        stripped = line.text.strip()
        if not stripped:
            self._close_paragraph()
        elif stripped.startswith("[["):
            self._read_choice(line)
        elif stripped.startswith("[") and stripped.endswith("]"):
            self._read_modifier(line)
        else:
            self._read_text(line)

    def _read_text(self, line: Line) -> None:
        self.empty_since = 0
        self.paragraph.append(Line(line.number, line.text.rstrip()))
        if "[[" in line.text:
            self.body.report("choice-unreadable", line.number)
        else:
            self.body.problems += line_problems(self.paragraph[-1], self.body.passage)

    def _read_choice(self, line: Line) -> None:
        self._close_paragraph()
        self.empty_since = 0
        match = CHOICE.fullmatch(line.text.rstrip())
        if not match or not match[1].strip() or not match[2].strip():
            self.body.report("choice-unreadable", line.number)
            return
        self.body.problems += _choice_problems(match[1], match[2], line.number, self.body.passage)
        choice = Choice(match[2].strip(), match[1].strip(), self.conditions, line.number)
        self.body.choices.append(choice)

    def _read_modifier(self, line: Line) -> None:
        self._close_condition()
        if line.text != line.text.strip():
            self.body.report("trailing-space", line.number, text=line.text.strip())
        text = line.text.strip()[1:-1]
        if text == "continue":
            self.conditions = ()
        elif text.startswith("if "):
            self.empty_since = line.number
            self.conditions = self._conditions(text.removeprefix("if "), line)
        else:
            self.body.report("modifier-forbidden", line.number, text=line.text.strip())

    def _conditions(self, text: str, line: Line) -> tuple[Condition, ...]:
        matches = [CONDITION.fullmatch(part.strip()) for part in text.split("&&")]
        if not all(matches):
            self.body.report("modifier-forbidden", line.number, text=line.text.strip())
        return tuple(
            Condition(found[1], Operator(found[2]), int(found[3])) for found in matches if found
        )

    def _close_condition(self) -> None:
        self._close_paragraph()
        if self.empty_since:
            self.body.report("condition-empty", self.empty_since)
        self.empty_since = 0

    def _close_paragraph(self) -> None:
        if not self.paragraph:
            return
        text = "\n".join(line.text for line in self.paragraph)
        first = self.paragraph[0].number
        self.body.problems += emphasis_problems(text, first, self.body.passage)
        self._add_paragraph(TextBlock(text, self.conditions, first))
        self.paragraph = []

    def _add_paragraph(self, block: TextBlock) -> None:
        """Add a block, or lengthen the last one when the same condition holds for both."""
        blocks = self.body.blocks
        if blocks and blocks[-1].conditions == block.conditions:
            before = blocks.pop()
            text = f"{before.text}\n\n{block.text}"
            block = TextBlock(text, block.conditions, before.line)
        blocks.append(block)


def _choice_problems(text: str, target: str, line: int, passage: str) -> list[Problem]:
    found = list(forbidden(text, CHOICE_MARKS, line, passage))
    if target != target.strip():
        found.append(
            problem("choice-target-spaces", line=line, passage=passage, target=target.strip())
        )
    if NAME_FORBIDDEN.search(target):
        found.append(problem("choice-unreadable", line=line, passage=passage))
    return found
