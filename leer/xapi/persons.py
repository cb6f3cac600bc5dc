"""Whom a request is about: everything by which the ledger may know one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import msgspec
from django.conf import settings

from leer.xapi.statements.checking import Refused, parse
from leer.xapi.statements.forgetting import folded, needles, with_hashes
from leer.xapi.statements.keys import Key, Kind, key
from leer.xapi.statements.shape import READ_ACTOR, Account, Actor

PARTS = (Kind.AGENT, Kind.RELATED_AGENT, Kind.WRITER, Kind.PERSON)


@dataclass(frozen=True)
class Person:
    """``identifiers`` as in ``Actor.identifiers``; with an address also its hash."""

    identifiers: frozenset[str]

    @classmethod
    def known_as(cls, identifiers: Iterable[str]) -> Self:
        """The person with these."""
        return cls(frozenset(with_hashes(identifiers)))

    @property
    def keys(self) -> list[Key]:
        """What statements are found by in which this person has whatever part."""
        return sorted(key(part, one) for one in self.identifiers for part in PARTS)

    @property
    def keys_as_writer(self) -> frozenset[Key]:
        """What statements are found by that this person wrote down."""
        return frozenset(key(Kind.WRITER, one) for one in self.identifiers)

    @property
    def folded(self) -> frozenset[str]:
        """The identifiers, spelled one way."""
        return frozenset(map(folded, self.identifiers))

    @property
    def needles(self) -> list[str]:
        """Text that tells who it is."""
        return sorted({needle for one in self.identifiers for needle in needles(one)})

    @property
    def accounts(self) -> list[str]:
        """The names of this person as one of Leer's own actors."""
        return accounts_of(self.identifiers)


def accounts_of(identifiers: Iterable[str]) -> list[str]:
    """Of these, the names at Leer's own home page."""
    start = f"account {settings.XAPI_IRI_BASE} "
    return sorted(one.removeprefix(start) for one in identifiers if one.startswith(start))


def at_account(name: str, home_page: str = "") -> list[str]:
    """The identifiers of an account; at Leer's own home page unless another is given."""
    return Actor(
        account=Account(homePage=home_page or settings.XAPI_IRI_BASE, name=name)
    ).identifiers()


def at_address(address: str) -> list[str]:
    """The identifiers of who has this e-mail address."""
    return [f"mbox mailto:{address}"]


def identifiers_in(agent: str) -> list[str]:
    """The identifiers of an xAPI Agent in JSON. Raises ``Refused``."""
    try:
        parse(agent.encode())
        found: Any = READ_ACTOR.decode(agent)
    except (msgspec.MsgspecError, ValueError) as error:
        raise Refused(str(error)) from error
    if not found.identifiers():
        raise Refused("a group without an identifier is nobody in particular")
    return list(found.identifiers())
