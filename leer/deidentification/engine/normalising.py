"""A text as it can be searched, with the way back to the text as it was written.

Somebody who pastes from a word processor, a mail or a file name brings along what a reader does
not see: hyphens that only show at the end of a line, spaces of no width, digits of another width
or alphabet, letters in two parts, entities and tags of HTML. All of that is put straight here, so
that whoever searches need not know of it.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Inside these a text goes on: <b>de</b> Vries is one name. All others end a line.
INLINE = "a|abbr|b|big|code|em|font|i|ins|mark|o:p|q|s|small|span|strong|sub|sup|tt|u|wbr"

ODD = re.compile(
    r"""
    (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)
    |(?P<percent>(?:%[0-9A-Fa-f]{2})+)
    |(?P<inline></?(?:"""
    + INLINE
    + r""")\s*/?>)
    |(?P<block></?[A-Za-z][A-Za-z0-9-]*(?:\s+data-block-key="[^"<>]*")?\s*/?>)
    |(?P<broken>(?-i:(?<=[a-z])-[ \t]*\r?\n[ \t]*(?=[a-z])))
    |(?P<other>[^\x00-\x7f]|[A-Za-z](?=[\u0300-\u036f]))[\u0300-\u036f]*
    """,
    re.VERBOSE | re.IGNORECASE,
)

LOOKS_LIKE = str.maketrans(
    # Cyrillic and Greek letters that cannot be told from Latin ones, quotes, dashes, dots.
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο‘’‚‛′´ʼ“”„‟″«»‐‑‒–—―−⁃·•․\u2028\u2029",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo'''''''\"\"\"\"\"\"\"--------" + "...\n\n",
)


@dataclass(frozen=True, slots=True)
class Searchable:
    """``text`` to search; the character at *i* stands for ``starts[i]`` to ``ends[i]``."""

    text: str
    starts: list[int]
    ends: list[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the searchable text is in the original."""
        return self.starts[start], self.ends[end - 1]


def searchable(original: str) -> Searchable:
    """The text put straight. Nothing is left out that a reader would see."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, text in _pieces(original):
        parts.append(text)
        if end - start == len(text):
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(text))
            ends.extend([end] * len(text))
    return Searchable("".join(parts), starts, ends)


def _pieces(original: str) -> Iterator[tuple[int, int, str]]:
    """The original piece by piece: from where to where, and what is read there."""
    done = 0
    for match in ODD.finditer(original):
        start, end = match.span()
        yield done, start, original[done:start]
        yield start, end, _straight(match)
        done = end
    yield done, len(original), original[done:]


def _straight(match: re.Match[str]) -> str:
    written = match.group()
    match match.lastgroup:
        case "entity":
            return _plain(html.unescape(written))
        case "percent":
            return _decoded(written)
        case "inline" | "broken":
            return ""
        case "block":
            return "\n"
        case _:
            return _plain(written)


def _decoded(written: str) -> str:
    """What a file name says that was made fit for a web address."""
    try:
        return _plain(bytes.fromhex(written.replace("%", "")).decode())
    except UnicodeDecodeError:
        return written


def _plain(written: str) -> str:
    composed = unicodedata.normalize("NFKC", written.translate(LOOKS_LIKE)).translate(LOOKS_LIKE)
    return "".join(_seen(character) for character in composed)


def _seen(character: str) -> str:
    """A character as a reader takes it: no width is nothing, a digit is a digit."""
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in {"Cf", "Mn"} or character == "\u00ad":
        return ""
    return " " if category == "Zs" else character
