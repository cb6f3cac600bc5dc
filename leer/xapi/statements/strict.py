"""JSON that means one thing only: no property twice in an object, not nested without end.

No decoder at hand notices ``{"a": 1, "a": 2}``; what it means differs from reader to reader.
"""

import json
import re
from collections import Counter
from typing import Any

import msgspec

DEEPEST = 100  # levels; people who mean well need ten
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"\s*(:?)', re.DOTALL)
_NESTS = {dict, list}


def parse(text: bytes, *, around: int = 0) -> Any:
    """Plain values; so many levels are around them where they come from. Raises
    ``msgspec.DecodeError``, ``ValueError`` and ``RecursionError``.
    """
    text.decode()
    parsed = msgspec.json.decode(text)
    keys = count_keys(parsed, around=around)
    if sum(1 for colon in _STRING.findall(text) if colon) != keys:
        raise ValueError(f"{_doubled(text)} occurs twice in one object")
    return parsed


def _doubled(text: bytes) -> str:
    """The property that does, for whoever must mend it."""
    found: list[str] = []

    def look(pairs: list[tuple[str, Any]]) -> None:
        if len(dict(pairs)) < len(pairs):
            found.append(Counter(name for name, _ in pairs).most_common(1)[0][0])

    json.loads(text, object_pairs_hook=look, parse_int=str, parse_float=str)
    return f"the property {found[0]!r}" if found else "a property"


def refuse_double_keys(text: bytes, read: Any, *, around: int = 0) -> None:
    """Raises ``ValueError`` when a property occurs twice, or when it is nested too deeply. ``read``
    is what was read from it, and so many levels are around it.
    """
    numbered = has_numbered_characters(text)  # of two errors, this one is told
    if numbered or may_have_double_keys(text, read) or may_be_deep(text, around=around):
        parse(text, around=around)


def may_have_double_keys(text: bytes, read: Any) -> bool:
    """Whether it must be taken apart to know. ``read`` is what was read from it.

    Written again, it has each property once, so a second one shows as two quotes that are
    missing. A quote in a string is escaped both times, unless it came by its number.
    """
    even = text.count(b'"') == msgspec.json.encode(read).count(b'"')
    return not even or _has_numbered(text, b"\\u0022")


def has_numbered_characters(text: bytes) -> bool:
    """Whether a character is written by its number, as ``\\u0041``."""
    return _has_numbered(text, b"\\u")


def _has_numbered(text: bytes, number: bytes) -> bool:
    # One byte is found soonest, and by ``find``: ``in`` tries first whether it is a number.
    return text.find(b"\\") >= 0 and number in text


def may_be_deep(text: bytes, *, around: int = 0) -> bool:
    """Whether it must be taken apart to know."""
    return text.count(b"{") + text.count(b"[") > DEEPEST - around


def count_keys(parsed: Any, *, around: int = 0) -> int:
    """The number of properties in all objects. Raises ``ValueError`` when it is too deep."""
    total, level = 0, [parsed]
    for _ in range(DEEPEST - around):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                total += len(item)
                below += item.values()
            elif isinstance(item, list):
                below += item
        level = [item for item in below if item.__class__ in _NESTS]
        if not level:
            return total
    raise ValueError("nested too deeply")
