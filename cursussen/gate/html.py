"""The text of rich text as it is read, and where in the HTML each of its characters stands."""

import re
from dataclasses import dataclass
from html import escape, unescape

from django.utils.translation import gettext as _

PIECE = re.compile(
    r"<(?P<tag>/?[A-Za-z][\w-]*)[^>]*>|&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z]\w*);|.", re.DOTALL
)
INLINE = frozenset({"a", "b", "em", "i", "strong", "sub", "sup"})
ENDS = frozenset({"/p", "/li", "/blockquote", "br", "hr", *(f"/h{level}" for level in range(1, 7))})
"""Behind these a new line begins."""
NOTHING_IN_IT = re.compile(r"<(b|i|em|strong|a|sub|sup)(?:\s[^>]*)?></\1>")


class CannotReplace(Exception):
    """What stands there cannot be replaced by itself; the message is for who asked."""


@dataclass(frozen=True)
class Reading:
    """``text``; ``places[i]`` is from where to where in the HTML its character *i* stands."""

    text: str
    places: tuple[tuple[int, int], ...]


def read(html: str) -> Reading:
    """As somebody reads it: no tags, letters for entities, each paragraph on its own line."""
    text: list[str] = []
    places: list[tuple[int, int]] = []
    for match in PIECE.finditer(html):
        read_here = _read(match)
        text.append(read_here)
        places += [match.span()] * len(read_here)
    return Reading("".join(text), tuple(places))


def replaced(html: str, start: int, end: int, words: str) -> str:
    """The HTML with these words instead of that stretch of its text. Tags stay in pairs: those that
    stand inside the stretch come behind the words. Raises ``CannotReplace`` for more paragraphs.
    """
    places = read(html).places
    first, last = places[start][0], places[end - 1][1]
    tags = [match for match in PIECE.finditer(html[first:last]) if match["tag"]]
    if any(tag["tag"].strip("/").lower() not in INLINE for tag in tags):
        raise CannotReplace(_("Dit loopt over meer dan één alinea. Verander het in de casus."))
    inside = "".join(tag.group() for tag in tags)
    whole = html[:first] + escape(words, quote=False) + inside + html[last:]
    return NOTHING_IN_IT.sub("", whole)


def _read(piece: re.Match[str]) -> str:
    tag = piece["tag"]
    if tag:
        return "\n" if tag.lower() in ENDS else ""
    return unescape(piece.group())
