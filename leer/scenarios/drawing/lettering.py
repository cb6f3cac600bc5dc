# SPDX-License-Identifier: EUPL-1.2
"""How much room words take, guessed without the font: rather too wide than out of the box."""

import re
from collections.abc import Iterator

NARROW = frozenset("fijlrtI.,:;'’‘|!()[]{} -/\\")
WIDE = frozenset("mwMWQ@%—→≥≤")

# XML has no way to write these characters, not even escaped (XML 1.0, "Char").
UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
PIECES = re.compile(r"[^\s-]*-+|[^\s-]+|\s+")


def clean(text: str) -> str:
    """Return the text on one line, with a mark for each character that no picture can hold."""
    return " ".join(UNWRITABLE.sub("�", text).split())


def width(text: str, size: float) -> float:
    """Return about how wide the text is in a common sans-serif font of this size."""
    return size * sum(map(_em, text))


def wrap(text: str, size: float, room: float, most: int) -> list[str]:
    """Return the text in lines that fit in ``room``; what is over after ``most`` lines is cut."""
    lines = list(_lines(clean(text), size, room))
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _shortened(lines[most - 1], size, room)]


def _em(character: str) -> float:
    if character in NARROW:
        return 0.36
    if character in WIDE or ord(character) > 0x2E80:
        return 1.0
    return 0.72 if character.isupper() else 0.58


def _lines(text: str, size: float, room: float) -> Iterator[str]:
    line = ""
    for piece in _pieces(text, size, room):
        if line.strip() and width((line + piece).rstrip(), size) > room:
            yield line.strip()
            line = ""
        line += piece
    if line.strip():
        yield line.strip()


def _pieces(text: str, size: float, room: float) -> Iterator[str]:
    """Yield words, cut after hyphens; a word too long for a line is cut where the line ends."""
    for word in PIECES.findall(text):
        piece = ""
        for character in word:
            if piece and width(piece + character, size) > room:
                yield piece
                piece = ""
            piece += character
        yield piece


def _shortened(line: str, size: float, room: float) -> str:
    while line and width(line + "…", size) > room:
        line = line[:-1]
    return line.rstrip() + "…"
