"""Container numbers (ISO 6346) and ships."""

import re
from collections.abc import Iterator

from leer.deidentification.engine.findings import Found, Kind

GAP = r"[\s\-_./]{0,3}"
# Owner and category (U, J or Z), six digits, and the check digit that is often left out.
SHAPE = re.compile(
    rf"(?<![A-Za-z0-9])(?:[A-Z]{GAP}){{3}}[UJZ](?:{GAP}\d){{6}}(?:{GAP}\d)?(?![A-Za-z0-9])",
    re.IGNORECASE,
)
ANY_OWNER = re.compile(r"(?<![A-Za-z0-9])[A-Z]{4}[\s\-_]?\d{6}[\s\-_]?\d(?![A-Za-z0-9])", re.I)
VESSEL = re.compile(
    r"\b(?:m\.?s\.?|m\.?v\.?|m/[sv]|mts|mt|zeeschip|containerschip|binnenvaartschip|schip|"
    r"sleepboot|veerboot|coaster|vrachtschip|duwboot|tanker|feeder|kotter|jacht|zeiljacht)\s+"
    r"(?:de\s+|het\s+)?[\"']?(?P<name>[A-Z][\w'-]+(?:\s+(?:[A-Z][\w'-]*|[IVX]+|\d{1,3})){0,3})"
)
IMO = re.compile(r"\bIMO[\s:.-]*(?:nummer|nr\.?)?[\s:.-]*(\d{7})\b", re.IGNORECASE)


def find(text: str) -> Iterator[Found]:
    """Containers, and the ships that carry them."""
    for match in SHAPE.finditer(text):
        if _is_written_as_one(match.group()) or is_container(match.group()):
            yield Found(*match.span(), Kind.CONTAINER)
    for match in ANY_OWNER.finditer(text):
        if is_container(match.group()):
            yield Found(*match.span(), Kind.CONTAINER)
    for match in VESSEL.finditer(text):
        yield Found(*match.span("name"), Kind.VESSEL)
    for match in IMO.finditer(text):
        yield Found(*match.span(1), Kind.VESSEL)


def is_container(written: str) -> bool:
    """The check digit of ISO 6346: values times powers of two, modulo 11; a 10 is written 0."""
    code = re.sub(r"[^A-Z0-9]", "", written.upper())
    if not re.fullmatch(r"[A-Z]{4}\d{7}", code):
        return False
    total = sum(_value(character) << place for place, character in enumerate(code[:10]))
    return total % 11 % 10 == int(code[10])


def _value(character: str) -> int:
    """A digit is worth itself; letters count on from 10 and skip what 11 divides."""
    if character.isdecimal():
        return int(character)
    number = ord(character) - ord("A") + 10
    return number + (number > 10) + (number > 20) + (number > 30)


def _is_written_as_one(written: str) -> bool:
    """Four letters in one go, then digits: with a typing error in it, it is still a container."""
    return re.match(r"[A-Za-z]{4}", written) is not None
