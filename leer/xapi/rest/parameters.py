"""Query parameters, read and checked. Each function raises ``Problem``."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from leer.xapi.rest.http import Request, bad_request
from leer.xapi.statements import formats
from leer.xapi.statements.checking import Refused, parse
from leer.xapi.statements.shape import READ_ACTOR, Actor

_IRI = msgspec.json.Decoder(formats.Iri)
_UUID = msgspec.json.Decoder(formats.UuidText)
LONGEST = 4000  # characters of an id


def only(request: Request, allowed: Collection[str]) -> None:
    """Refuse parameters that this resource does not have."""
    if unknown := sorted(set(request.query) - set(allowed)):
        raise bad_request(f"unknown parameter: {', '.join(unknown)}")


def required(request: Request, name: str) -> str:
    """A parameter that must be there."""
    value = request.query.get(name)
    if value is None:
        raise bad_request(f"the parameter {name} is missing")
    if len(value) > LONGEST:
        raise bad_request(f"{name} is longer than {LONGEST} characters")
    return _storable(value, name)


def iri(request: Request, name: str) -> str:
    """An IRI that must be there."""
    value = required(request, name)
    _checked(_IRI, value, f"{name} is no IRI, such as https://example.org/courses/1")
    return value


def uuid(request: Request, name: str) -> UUID | None:
    """A UUID, if it is there."""
    value = request.query.get(name)
    if value is None:
        return None
    _checked(_UUID, value, f"{name} is no UUID")
    return UUID(value)


def moment(request: Request, name: str) -> datetime | None:
    """A moment, if it is there."""
    value = request.query.get(name)
    try:
        return None if value is None else formats.moment(value)
    except ValueError as error:
        raise bad_request(f"{name}: {error}") from error


def flag(request: Request, name: str) -> bool:
    """``true`` or ``false``; ``false`` when it is not there."""
    value = request.query.get(name, "false")
    if value not in {"true", "false"}:
        raise bad_request(f"{name} is true or false")
    return value == "true"


def number(request: Request, name: str) -> int:
    """A whole number from zero; zero when it is not there."""
    value = request.query.get(name, "0")
    if not value.isascii() or not value.isdigit() or len(value) > 19:
        raise bad_request(f"{name} is a whole number from 0")
    return int(value)


def actor(request: Request, name: str = "agent", *, group: bool = False) -> Actor:
    """An Agent that must be there; a Group with an identifier too, where ``group`` allows it."""
    value = required(request, name)
    try:
        parse(value.encode())
        found: Actor = READ_ACTOR.decode(value)
    except (Refused, msgspec.MsgspecError, ValueError) as error:
        raise bad_request(f"{name}: {error}") from error
    if found.is_group and not group:
        raise bad_request(f"{name} is an Agent, not a Group")
    if not found.identifiers():
        raise bad_request(f"{name} needs an identifier")
    return found


def identifier(request: Request, name: str = "agent") -> str:
    """What an Agent that must be there is known by."""
    return _storable(actor(request, name).identifiers()[0], name)


def _storable(value: str, name: str) -> str:
    """The one character that the database cannot hold in a text."""
    if "\0" in value:
        raise bad_request(f"{name} has the character U+0000")
    return value


def _checked(decoder: "msgspec.json.Decoder[str]", value: str, otherwise: str) -> None:
    try:
        decoder.decode(msgspec.json.encode(value))
    except msgspec.ValidationError as error:
        raise bad_request(otherwise) from error
