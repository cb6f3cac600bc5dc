"""What could stand in the place of a finding. The same name gets the same other name in a text."""

import hashlib
import re
from collections.abc import Iterable

from leer.deidentification.engine.findings import Kind
from leer.deidentification.engine.lexicon import own, words_of
from leer.deidentification.engine.moments import hour_of, month_of
from leer.deidentification.engine.names import INFIXES

OTHER_NAMES = tuple(sorted(words_of("other_names.txt")))
"""First names that say little of where somebody comes from."""

SEASONS = ("in de winter", "in het voorjaar", "in de zomer", "in het najaar")
FIXED = {
    Kind.BSN: "een burgerservicenummer",
    Kind.IBAN: "een rekeningnummer",
    Kind.PHONE: "een telefoonnummer",
    Kind.EMAIL: "een e-mailadres",
    Kind.WEB: "een website",
    Kind.PLATE: "een kenteken",
    Kind.CONTAINER: "een container",
    Kind.VESSEL: "een zeeschip",
    Kind.CASE_NUMBER: "een nummer",
    Kind.ADDRESS: "een adres",
    Kind.POSTCODE: "een postcode",
    Kind.TERMINAL: "een terminal",
    Kind.TEAM: "een team",
    Kind.JOB_TITLE: "een medewerker",
}
GREAT_PORTS = frozenset(own("great_ports.txt"))


def is_our_name(written: str) -> bool:
    """Whether this is a name as we suggest them, which is found again when somebody takes it."""
    return written in OTHER_NAMES


class Suggestions:
    """Suggestions for one text: it remembers who was called what."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        self._taken = {part.lower() for name in names for part in parts_of(name)}

    def of(self, kind: Kind, written: str) -> str:
        """What could stand there instead."""
        match kind:
            case Kind.PERSON:
                return self._other_name(written)
            case Kind.DATE:
                return season(written)
            case Kind.TIME:
                return part_of_day(written)
            case Kind.PLACE:
                return "een grote haven" if written.lower() in GREAT_PORTS else "een plaats"
            case _:
                return FIXED[kind]

    def _other_name(self, written: str) -> str:
        """The name that this person already got, by any part of theirs; or the next one."""
        parts = [part.lower() for part in parts_of(written)]
        known = next((self._names[part] for part in _known_as(parts) if part in self._names), None)
        other = known or self._new_name(written)
        for part in parts:
            self._names.setdefault(part, other)
        return other

    def _new_name(self, written: str) -> str:
        """Begins at a place that the name decides, so that a list of names gives no order away."""
        begin = hashlib.sha256(written.lower().encode()).digest()[0]
        used = {*self._names.values()}
        for step in range(len(OTHER_NAMES)):
            other = OTHER_NAMES[(begin + step) % len(OTHER_NAMES)]
            if other not in used and other.lower() not in self._taken:
                return other
        return "iemand"


def season(written: str) -> str:
    """The season of a date; when the month cannot be read, nothing more than *op een dag*."""
    month = month_of(written)
    return SEASONS[month % 12 // 3] if month else "op een dag"


def part_of_day(written: str) -> str:
    """The part of the day, when the hour is on a clock of 24; otherwise what always fits."""
    hour = hour_of(written)
    if hour is None or 1 <= hour <= 12:
        return "tijdens de dienst"
    return "’s nachts" if hour < 6 else "’s middags" if hour < 18 else "’s avonds"


def _known_as(parts: list[str]) -> list[str]:
    """The parts of a name, and without the *s* of whose something is: *Edwins bedrijf*."""
    return [*parts, *(part.removesuffix("s") for part in parts)]


def parts_of(name: str) -> list[str]:
    """The words of a name that somebody is known by: not *van* and not an initial."""
    words: list[str] = re.findall(r"[^\W\d_]{2,}", name)
    return [word for word in words if word.lower() not in INFIXES]
