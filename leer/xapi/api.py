"""The front door of the ledger."""

from collections.abc import Iterator

from leer.xapi.actions import append
from leer.xapi.models import StatementRecord
from leer.xapi.statements.names import (
    activity,
    activity_iri,
    agent,
    extension,
    name_uuid,
    path_of,
)
from leer.xapi.statements.structs import (
    Context,
    ContextActivities,
    Result,
    Score,
    Statement,
    VerbObject,
    decode,
)
from leer.xapi.statements.vocabulary import ActivityType, Verb

__all__ = [
    "ActivityType",
    "Context",
    "ContextActivities",
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
    "extension",
    "name_uuid",
    "path_of",
    "stream",
]


def stream() -> Iterator[Statement]:
    """Every statement, one at a time, in no particular order; memory stays flat."""
    for raw in StatementRecord.objects.values_list("raw", flat=True).iterator(chunk_size=2000):
        yield decode(raw)


def count() -> int:
    """How many statements there are."""
    return StatementRecord.objects.count()
