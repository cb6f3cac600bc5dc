# SPDX-License-Identifier: EUPL-1.2
"""Twee text cut into passages: a header, and the numbered lines under it.

The form is that of the Twee 3 specification (iftechfoundation/twine-specs,
``twee-3-specification.md``). Where Twine 2's own importer (klembot/twinejs, ``src/util/twee.ts``)
reads less than the specification promises, we go by what Twine really reads: it finds the tag
block with a pattern that doesn't know about escapes, so a name with an escaped bracket or brace
is legal Twee and still opens wrongly. Such names are read here and then refused with the reason.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from leer.scenarios.engine.problems import Problem, problem


class Line(NamedTuple):
    """One line of the file, counted from 1, without its line end."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One passage as it stands in the file, not yet understood."""

    name: str
    tags: tuple[str, ...]
    position: tuple[int, int] | None
    line: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines under the header as one text, for the passages that are not a story page."""
        return "\n".join(line.text for line in self.lines).strip()


# Tab and newline are the only control characters that text needs. Twine and browsers see some of
# the others as a line end, Python doesn't; NUL and lone surrogates can't be stored in PostgreSQL.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

HEADER = re.compile(
    r"::\s*(?P<name>(?:\\.|[^\\\[\]{}])*+)"
    r"(?:\[(?P<tags>(?:\\.|[^\\\[\]{}])*+)\])?"
    r"\s*(?P<metadata>\{.*\})?\s*"
)
ESCAPED = re.compile(r"\\(.)")
MUST_ESCAPE = re.compile(r"([\\\[\]{}])")

# What Twine or Chapbook reads as something else in a header, a link or the HTML that a link
# becomes: the marks of links and inserts, of HTML and its entities, and of a web address.
NAME_FORBIDDEN = re.compile(r"[\[\]{}|\\<>\"`]|->|<-|://|&#?\w+;")
POSITION = re.compile(r"(-?\d{1,9}(?:\.\d+)?),(-?\d{1,9}(?:\.\d+)?)")


def unescape(text: str) -> str:
    """Return a name or tag as meant: every escaped character without its backslash."""
    return ESCAPED.sub(r"\1", text)


def escape(text: str) -> str:
    """Return a name or tag as a header must spell it."""
    return MUST_ESCAPE.sub(r"\\\1", text)


def split(text: str) -> tuple[list[Section], list[Problem]]:
    """Cut the text at its headers; what can't be read is reported and left out."""
    lines = _numbered(text)
    problems = [*_control_characters(lines), *_before_first_header(lines)]
    sections: list[Section] = []
    for group in _groups(lines):
        section, found = _section(group)
        problems += found
        sections += [section] if section else []
    return sections, problems


def _numbered(text: str) -> list[Line]:
    bare = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return [Line(number, line) for number, line in enumerate(bare.split("\n"), start=1)]


def _control_characters(lines: Iterable[Line]) -> list[Problem]:
    return [
        problem("control-character", line=line.number, character=f"U+{ord(found[0]):04X}")
        for line in lines
        if (found := CONTROL.search(line.text))
    ]


def _before_first_header(lines: Iterable[Line]) -> list[Problem]:
    for line in lines:
        if line.text.startswith("::"):
            break
        if line.text.strip():
            return [problem("text-before-first-passage", line=line.number)]
    return []


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if line.text.startswith("::"):
            groups.append([line])
        elif groups:
            groups[-1].append(line)
    return groups


def _section(group: list[Line]) -> tuple[Section | None, list[Problem]]:
    header, *lines = group
    match = HEADER.fullmatch(header.text)
    if not match:
        return None, [problem("header-unreadable", line=header.number)]
    name = unescape(match["name"].strip())
    tags = tuple(unescape(tag) for tag in (match["tags"] or "").split())
    position, problems = _position(match["metadata"], header.number, name)
    problems += name_problems(name, header.number)
    return Section(name, tags, position, header.number, tuple(lines)), problems


def name_problems(name: str, line: int) -> list[Problem]:
    """Return what is wrong with the name of a passage."""
    if not name:
        return [problem("name-missing", line=line)]
    mark = NAME_FORBIDDEN.search(name)
    if not mark:
        return []
    return [problem("name-forbidden", line=line, passage=name, name=name, mark=f"“{mark[0]}”")]


def _position(
    metadata: str | None, line: int, name: str
) -> tuple[tuple[int, int] | None, list[Problem]]:
    """Return where Twine draws the passage; its other metadata (``size``) is not ours to keep."""
    if metadata is None:
        return None, []
    try:
        data = json.loads(metadata)
    except (ValueError, RecursionError):  # the latter for braces many thousands deep
        data = {"position": ""}
    if "position" not in data:
        return None, []
    found = POSITION.fullmatch(str(data["position"]).replace(" ", ""))
    if not found:
        return None, [problem("position-unreadable", line=line, passage=name)]
    return (round(float(found[1])), round(float(found[2]))), []
