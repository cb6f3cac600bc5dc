"""What the gate found, as it is read: in its text, and once in a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cursussen.gate.judging import Found, FoundText, Judgement, SmallGroup
from leer.deidentification import api as deidentification

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
class Item:
    """Something that was found, once, however often it stands in the page."""

    number: int
    found: Found
    name: str
    text: str
    why: str
    suggestion: str


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


def shown(judgement: Judgement) -> Shown:
    """All of it, numbered in the order of the text."""
    first: dict[str, Found] = {}
    for found in (*judgement.texts, *judgement.groups):
        first.setdefault(found.digest, found)
    numbers = {digest: number for number, digest in enumerate(first, start=1)}
    items = tuple(_item(number, first[digest]) for digest, number in numbers.items())
    by_passage = groupby(judgement.texts, key=lambda found: found.passage)
    return Shown(items, tuple(_marked(found, numbers) for _passage, found in by_passage))


def _item(number: int, found: Found) -> Item:
    if isinstance(found, SmallGroup):
        text = f"{found.function} × {found.region}"
        return Item(
            number, found, str(SMALL_GROUP), text, _why_small(), _("zonder plaats of functie")
        )
    assert isinstance(found, FoundText)
    finding = found.finding
    name = str(deidentification.name_of(finding.kind))
    why = str(deidentification.reason_of(finding.kind))
    return Item(number, found, name, finding.text, why, finding.suggestion)


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
