"""The ``:::`` directives: a text becomes blocks.

``::: naam optie="waarde"`` opens, a bare ``:::`` closes; they nest. Inside, leading lines
``naam: waarde`` are fields; ``naam:`` with nothing behind it takes all the text that follows.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cursussen.loading.sources import ContentError

OPEN = re.compile(r"^:::\s*(?P<name>[a-z]+)(?P<options>.*)$")
OPTION = re.compile(r'\s*([a-z]+)="([^"]*)"')
FIELD = re.compile(r"^([a-z]+):(?:\s+(.*))?$")

Fail = Callable[[int, str], ContentError]


@dataclass
class Text:
    """Markdown between directives."""

    line: int
    text: str


@dataclass
class Directive:
    """A named block with its options and everything inside it."""

    line: int
    name: str
    options: dict[str, str]
    lines: list[str] = field(default_factory=list)

    @property
    def inner(self) -> str:
        """The text inside."""
        return "\n".join(self.lines)


def split(text: str, *, first_line: int, fail: Fail) -> Iterator[Text | Directive]:
    """The blocks of a text, in order."""
    plain: list[str] = []
    open_one: Directive | None = None
    depth = 0
    for number, line in enumerate(text.splitlines(), start=first_line):
        opens, closes = OPEN.match(line), line.strip() == ":::"
        if line.startswith(":::") and not opens and not closes:
            raise fail(number, _("Na ‘:::’ hoort een naam, zoals ‘beeld’ of ‘onthoud’."))
        if open_one is None and closes:
            raise fail(number, _("Hier sluit ‘:::’ iets af dat niet open is."))
        if open_one is None and opens:
            yield from _text(plain, number)
            open_one = Directive(number, opens["name"], _options(opens["options"], number, fail))
            plain, depth = [], 1
        elif open_one is None:
            plain.append(line)
        else:
            depth += bool(opens) - bool(closes)
            if depth:
                open_one.lines.append(line)
            else:
                yield open_one
                open_one = None
    if open_one:
        raise fail(open_one.line, _("Sluit dit blok af met een regel ‘:::’."))
    yield from _text(plain, first_line + len(text.splitlines()))


def fields(directive: Directive) -> tuple[dict[str, str], Text]:
    """The fields at the head of a directive, and the text that is left."""
    found: dict[str, str] = {}
    for index, line in enumerate(directive.lines):
        match = FIELD.match(line)
        rest = Text(directive.line + 1 + index, "\n".join(directive.lines[index:]))
        if not match:
            return found, rest
        name, value = match.groups()
        if value is None:
            rest = Text(rest.line + 1, "\n".join(directive.lines[index + 1 :]))
            return found | {name: rest.text.strip()}, rest
        found[name] = value.strip()
    return found, Text(directive.line, "")


def _text(lines: list[str], next_line: int) -> Iterator[Text]:
    if any(line.strip() for line in lines):
        yield Text(next_line - len(lines), "\n".join(lines))


def _options(text: str, line: int, fail: Fail) -> dict[str, str]:
    if OPTION.sub("", text).strip():
        raise fail(line, _('Schrijf een optie als naam="waarde".'))
    return dict(OPTION.findall(text))
