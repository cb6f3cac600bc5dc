"""The one way into the ledger."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection
from django.utils import timezone

from leer.xapi.statements.structs import Statement, encode

INSERT = """
    insert into xapi_statementrecord
        (stored_at, id, actor_name, verb, activity, registration, happened_at, raw)
    select %s, fact.* from unnest(
        %s::uuid[], %s::text[], %s::text[], %s::text[], %s::uuid[], %s::timestamptz[], %s::text[]
    ) as fact
    on conflict (id) do nothing
    returning id
"""


def append(statements: Sequence[Statement]) -> frozenset[UUID]:
    """Append these facts in the caller's transaction, in one query; returns the ids that are new.

    A fact that is there already is not written again: a retry changes nothing.
    """
    if not statements:
        return frozenset()
    columns = zip(*(_columns(statement) for statement in statements), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [timezone.now(), *(list(column) for column in columns)])
        return frozenset(row[0] for row in cursor.fetchall())


def _columns(statement: Statement) -> tuple[object, ...]:
    return (
        statement.id,
        statement.actor.account.name,
        statement.verb.id,
        statement.object.id,
        statement.registration,
        statement.timestamp,
        encode(statement),
    )
