"""The front door of the ledger."""

from collections.abc import Iterator

import msgspec

from leer.xapi.actions import append
from leer.xapi.models import StatementRecord
from leer.xapi.signals import trusted_statements
from leer.xapi.statements import own
from leer.xapi.statements.checking import Refused
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
    ContextActivities,
    InteractionType,
    Result,
    Score,
    VerbObject,
)
from leer.xapi.statements.vocabulary import ActivityType, Verb

__all__ = [
    "ActivityType",
    "Context",
    "ContextActivities",
    "InteractionType",
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
    "count",
    "decode",
    "extension",
    "name_uuid",
    "path_of",
    "stream",
    "trusted_statements",
]


def stream() -> Iterator[Statement]:
    """Every statement that may count for progress and is in Leer's own grammar, one at a time,
    in the order of storing; memory stays flat.
    """
    trusted = StatementRecord.objects.filter(trusted=True).order_by("position")
    for raw in trusted.values_list("raw", flat=True).iterator(chunk_size=2000):
        if statement := decode(raw):
            yield statement


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
