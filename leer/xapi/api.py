"""The front door of the ledger."""

from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any
from uuid import UUID

import msgspec

from leer.xapi import documents
from leer.xapi.actions import append, void
from leer.xapi.erasure import CannotErase, being_replaced, take_out
from leer.xapi.facts import Fact, fact, facts_about, facts_in
from leer.xapi.models import Mention, StatementRecord
from leer.xapi.persons import Person, at_account, at_address
from leer.xapi.retention import months_before
from leer.xapi.signals import facts_changed, person_leaving, person_left, trusted_statements
from leer.xapi.statements import own
from leer.xapi.statements.checking import Refused
from leer.xapi.statements.forgetting import ERASED
from leer.xapi.statements.keys import Kind, key
from leer.xapi.statements.names import (
    activity,
    activity_iri,
    agent,
    extension,
    name_uuid,
    path_of,
)
from leer.xapi.statements.own import Context, Statement
from leer.xapi.statements.shape import (
    Activity,
    ContextActivities,
    InteractionType,
    Result,
    Score,
    VerbObject,
)
from leer.xapi.statements.vocabulary import ActivityType, Verb

__all__ = [
    "ERASED",
    "Activity",
    "ActivityType",
    "CannotErase",
    "Context",
    "ContextActivities",
    "Fact",
    "InteractionType",
    "Person",
    "Refused",
    "Result",
    "Score",
    "Statement",
    "Verb",
    "VerbObject",
    "activity",
    "activity_iri",
    "agent",
    "append",
    "at_account",
    "at_address",
    "being_replaced",
    "count",
    "decode",
    "documents_of",
    "extension",
    "fact",
    "facts_about",
    "facts_changed",
    "facts_in",
    "kept_of",
    "months_before",
    "name_uuid",
    "path_of",
    "person_leaving",
    "person_left",
    "stream",
    "stream_of",
    "take_out",
    "trusted_statements",
    "void",
]


def stream() -> Iterator[Statement]:
    """Every statement that may count for progress and is in Leer's own grammar, one at a time,
    in the order of storing; memory stays flat.
    """
    trusted = StatementRecord.objects.filter(trusted=True).order_by("position")
    for raw in trusted.values_list("raw", flat=True).iterator(chunk_size=2000):
        if statement := decode(raw):
            yield statement


def stream_of(*actor_names: UUID) -> Iterator[Statement]:
    """As ``stream``, of some of Leer's own actors."""
    names = {str(one) for one in actor_names}
    for raw in _raws_about(actor_names, trusted=True):
        statement = decode(raw)
        if statement and statement.actor.account.name in names:
            yield statement


def kept_of(actor_name: UUID) -> Iterator[Any]:
    """Every statement of what one of Leer's own actors did, whoever wrote it down, also what is for
    that person only; as plain values. Not what somebody else did to them: that is of two people.
    """
    for raw in _raws_about([actor_name]):
        said = msgspec.json.decode(raw)
        if said["actor"].get("account", {}).get("name") == str(actor_name):
            yield said


def _raws_about(actor_names: Iterable[UUID], **only: bool) -> Iterator[str]:
    """In two steps: PostgreSQL does not know how rare a key is, and would go through the whole
    ledger for one query with both.
    """
    found = [name for one in actor_names for name in at_account(str(one))]
    keys = [key(kind, name) for kind in ACTOR for name in found]
    theirs = Mention.objects.filter(key__in=keys).values_list("source", flat=True)
    for positions in batched(sorted(set(theirs)), AT_ONCE, strict=False):
        about = StatementRecord.objects.filter(position__in=positions, **only)
        yield from about.order_by("position").values_list("raw", flat=True)


def documents_of(actor_name: UUID) -> Iterator[dict[str, Any]]:
    """What other systems keep here of one of Leer's own actors. Of a document that is no JSON only
    that it is there.
    """
    for one in documents.of_agents(at_account(str(actor_name))):
        is_json = one.content_type.startswith("application/json")
        yield {
            "kind": one.kind,
            "activity": one.activity,
            "name": one.name,
            "updated_at": one.updated_at,
            "content_type": one.content_type,
            "content": msgspec.json.decode(bytes(one.content)) if is_json else None,
        }


ACTOR = (Kind.AGENT, Kind.PERSON)
AT_ONCE = 2000  # statements in one query


def decode(raw: str | bytes) -> Statement | None:
    """A statement in Leer's own grammar; ``None`` for one that is about a group, say, or about
    another statement.
    """
    try:
        return own.decode(raw)
    except msgspec.ValidationError:
        return None


def count() -> int:
    """How many statements there are."""
    return StatementRecord.objects.count()
