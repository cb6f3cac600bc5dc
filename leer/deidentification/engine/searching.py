"""All searches together: one list of findings, none over another, placed in the original text."""

import re
from collections.abc import Iterable, Iterator

from leer.deidentification.engine import (
    addresses,
    contact,
    containers,
    listed,
    moments,
    numbers,
    plates,
)
from leer.deidentification.engine.findings import Finding, Found, Kind, Lists
from leer.deidentification.engine.lexicon import lexicon
from leer.deidentification.engine.names import Names
from leer.deidentification.engine.normalising import Searchable, searchable
from leer.deidentification.engine.places import Places
from leer.deidentification.engine.suggestions import Suggestions
from leer.deidentification.engine.tokens import tokens_of

ORDER = {kind: place for place, kind in enumerate(Kind)}
NOTHING = Lists()
FILE = re.compile(
    r"(?<!\S)\S{1,150}\.(?:jpe?g|png|gif|heic|webp|docx?|odt|pdf|xlsx?|csv|txt|msg|eml|mp[34]|mov)\b",
    re.I,
)


def search(original: str, lists: Lists = NOTHING) -> list[Finding]:
    """Everything in the text that could give somebody away, in the order of the text."""
    text = searchable(original)
    found = apart(everything(text.text, lists))
    return list(_findings(original, text, found))


def everything(text: str, lists: Lists) -> Iterator[Found]:
    """What each search finds by itself; many a thing twice."""
    for plain in (numbers, contact, plates, containers, moments):
        yield from plain.find(text)
    yield from listed.find(text, lists)
    yield from addresses.find(text, lexicon())
    yield from names_and_places(text, lists)


def names_and_places(text: str, lists: Lists) -> Iterator[Found]:
    """What only the sentence can tell."""
    words = lexicon()
    not_names = words.not_names | frozenset(lists.not_names)
    tokens = tokens_of(text, not_names)
    yield from Places(text, tokens, words, not_names).find()
    in_files = {at for match in FILE.finditer(text) for at in range(*match.span())}
    yield from Names(tokens, words, not_names, frozenset(in_files)).find()


def apart(found: Iterable[Found]) -> list[Found]:
    """One finding where several overlap: all that they cover, of the longest's kind.

    What a shorter one covers more is not let go: a name that sticks out of an address stays found.
    """
    groups: list[list[Found]] = []
    reached = 0
    for one in sorted(found):
        if groups and one.start < reached:
            groups[-1].append(one)
        else:
            groups.append([one])
        reached = max(reached, one.end)
    return [_together(group) for group in groups]


def _together(group: list[Found]) -> Found:
    kind = min(group, key=lambda one: (one.start - one.end, ORDER[one.kind])).kind
    return Found(group[0].start, max(one.end for one in group), kind)


def _findings(original: str, text: Searchable, found: list[Found]) -> Iterator[Finding]:
    people = [text.text[one.start : one.end] for one in found if one.kind is Kind.PERSON]
    suggestions = Suggestions(people)
    for one in found:
        start, end = text.original(one.start, one.end)
        suggestion = suggestions.of(one.kind, text.text[one.start : one.end])
        yield Finding(start, end, one.kind, original[start:end], suggestion)
