"""What the gate found, as it is read: in its text, and once in a list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cursussen.gate.judging import Found, FoundText, Judgement, SmallGroup
from cursussen.gate.replacing import Names, Proposal, proposal_of, sentence_around
from leer.deidentification import api as deidentification

EditUrl = Callable[[Any], str | None]
SMALL_GROUP = gettext_lazy("kleine groep")


@dataclass(frozen=True)
class Piece:
    """A stretch of a passage; ``number`` is that of the item in the list, if it was found."""

    text: str
    number: int | None = None
    is_open: bool = False


@dataclass(frozen=True)
class Marked:
    """A passage in which something was found, in pieces."""

    where: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Occurrence:
    """One place where something stands, in its sentence; ``at`` counts all that was found in the
    page. ``edit_url`` is of the picture or document that says it.
    """

    at: int
    where: str
    before: str
    text: str
    after: str
    proposal: Proposal | None
    edit_url: str | None


@dataclass(frozen=True)
class Item:
    """Something that was found, once, however often it stands in the page. ``ours``: it is a name
    as Leer suggests them.
    """

    number: int
    found: Found
    name: str
    text: str
    why: str
    suggestion: str
    ours: bool = False
    occurrences: tuple[Occurrence, ...] = ()


@dataclass(frozen=True)
class Shown:
    """The list, and the text it is about."""

    items: tuple[Item, ...]
    passages: tuple[Marked, ...]

    @property
    def open(self) -> list[Item]:
        """What still has to be changed, or let pass."""
        return [item for item in self.items if item.found.is_open]

    @property
    def accepted(self) -> list[Item]:
        """What may stay, and why."""
        return [item for item in self.items if not item.found.is_open]


def shown(judgement: Judgement, names: Names, edit_url: EditUrl) -> Shown:
    """All of it, numbered in the order of the text. ``names``: who has another name already;
    ``edit_url``: where a file is changed.
    """
    first: dict[str, Found] = {}
    for found in (*judgement.texts, *judgement.groups):
        first.setdefault(found.digest, found)
    numbers = {digest: number for number, digest in enumerate(first, start=1)}
    places = _places(judgement, names, edit_url)
    items = tuple(
        _item(number, first[digest], places.get(digest, ())) for digest, number in numbers.items()
    )
    by_passage = groupby(judgement.texts, key=lambda found: found.passage)
    return Shown(items, tuple(_marked(found, numbers) for _passage, found in by_passage))


def _places(
    judgement: Judgement, names: Names, edit_url: EditUrl
) -> dict[str, tuple[Occurrence, ...]]:
    places: dict[str, tuple[Occurrence, ...]] = {}
    for at, found in enumerate(judgement.texts):
        url = edit_url(found.passage.file) if found.passage.file else None
        here = _occurrence(at, found, proposal_of(found, names), url)
        places[found.digest] = (*places.get(found.digest, ()), here)
    return places


def _occurrence(
    at: int, found: FoundText, proposal: Proposal | None, edit_url: str | None
) -> Occurrence:
    finding, passage = found.finding, found.passage
    before, after = sentence_around(passage.text, finding.start, finding.end)
    return Occurrence(at, passage.where, before, finding.text, after, proposal, edit_url)


def _item(number: int, found: Found, places: tuple[Occurrence, ...]) -> Item:
    if isinstance(found, SmallGroup):
        text = f"{found.function} × {found.region}"
        return Item(
            number, found, str(SMALL_GROUP), text, _why_small(), _("zonder plaats of functie")
        )
    assert isinstance(found, FoundText)
    finding = found.finding
    name = str(deidentification.name_of(finding.kind))
    why = str(deidentification.reason_of(finding.kind))
    ours = deidentification.is_our_name(finding.text)
    return Item(number, found, name, finding.text, why, finding.suggestion, ours, places)


def _why_small() -> str:
    return _(
        "Deze functie en deze plaats staan allebei in het verhaal. Samen passen ze op maar een paar"
        " mensen. Laat er een van weg."
    )


def _marked(found: Iterable[FoundText], numbers: dict[str, int]) -> Marked:
    in_order, pieces, at = list(found), [], 0
    passage = in_order[0].passage
    for one in in_order:
        start, end = one.finding.start, one.finding.end
        pieces += [
            Piece(passage.text[at:start]),
            Piece(passage.text[start:end], numbers[one.digest], one.is_open),
        ]
        at = end
    return Marked(passage.where, (*pieces, Piece(passage.text[at:])))
