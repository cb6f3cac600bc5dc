"""One fact at a time, with all that somebody must know who holds something against the ledger."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from leer.xapi.persons import at_account
from leer.xapi.selectors import NOT_VOIDED
from leer.xapi.statements.keys import Kind, key
from leer.xapi.statements.own import Context, Statement, decode
from leer.xapi.statements.vocabulary import Verb
from leer.xapi.store import database
from leer.xapi.store.positions import first_at, moment_of


@dataclass(frozen=True)
class Fact:
    """A statement in Leer's own grammar as it is kept now. ``stored`` is when the ledger got it;
    ``trusted``: it may count for progress; ``voided``: another statement took it back.
    """

    statement: Statement
    stored: datetime
    trusted: bool
    voided: bool

    @property
    def says(self) -> dict[str, Any]:
        """What its context says besides, by IRI."""
        context = self.statement.context
        return (context.extensions or {}) if isinstance(context, Context) else {}


_READ = f"""
    select record.position, record.trusted, not {NOT_VOIDED}, record.raw
    from xapi_statementrecord record
"""  # noqa: S608 (every part of it is here)


def fact(statement_id: UUID) -> Fact | None:
    """The fact with this id; ``None`` when it is not here, or in another grammar."""
    known = "where record.position = (select position from xapi_statementid where id = %s)"
    return next(iter(_facts(f"{_READ} {known}", [statement_id])), None)


def facts_in(registration: UUID, verb: Verb) -> list[Fact]:
    """What is not private of this stay or attempt, with this verb, in the order of storing."""
    keys: list[object] = [key(Kind.REGISTRATION, str(registration)), key(Kind.VERB, verb)]
    return _facts(f"{_READ} {_WITH_BOTH} order by record.position", keys)


_WITH_BOTH = """
    join xapi_mention one on one.position = record.position and one.source = record.position
    join xapi_mention other on other.position = one.position and other.source = one.source
    where one.key = %s::uuid and other.key = %s::uuid
"""


def facts_about(
    actors: Collection[UUID], activities: Collection[str], *, stored_before: datetime
) -> list[Fact]:
    """What was stored before this moment of what these actors of Leer's own did with these
    activities (IRIs), and is not private; as it was stored.
    """
    names = [name for actor in actors for name in at_account(str(actor))]
    whose = [key(Kind.AGENT, name) for name in names]
    about = [key(Kind.ACTIVITY, iri) for iri in activities]
    query = f"{_READ} {_OF_ONE_AND_OTHER} order by record.position"
    return _facts(query, [whose, about, first_at(stored_before)])


_OF_ONE_AND_OTHER = """
    join xapi_mention one on one.position = record.position and one.source = record.position
    join xapi_mention other on other.position = one.position and other.source = one.source
    where one.key = any(%s::uuid[]) and other.key = any(%s::uuid[]) and record.position < %s
"""


def _facts(query: str, parameters: list[object]) -> list[Fact]:
    found = []
    for position, trusted, voided, raw in database.rows(query, parameters):
        with suppress(msgspec.ValidationError):
            found.append(Fact(decode(raw), moment_of(position), trusted, voided))
    return found
