"""Statements that belong together: those that point to each other, and those of one attempt."""

from collections.abc import Collection, Sequence
from uuid import UUID

from leer.xapi.statements.keys import Key
from leer.xapi.store import database
from leer.xapi.store.rewriting import Kept

_CHAINED = """
    with recursive family (root, id) as (
        select id, id from unnest(%s::uuid[]) as given (id)
        union
        select family.root, near.id from family cross join lateral (
            select target from xapi_reference where statement_id = family.id
            union all
            select statement_id from xapi_reference where target = family.id
        ) as near (id)
    )
    select family.root, known.position
    from family join xapi_statementid known on known.id = family.id
    where family.id <> family.root
"""
_OF_ATTEMPT = """
    select record.position, record.statement_id, record.private, record.trusted, record.raw
    from xapi_mention mention join xapi_statementrecord record
        on record.position = mention.position and record.private
    where mention.key = any(%s::uuid[]) and strpos(lower(record.raw), %s) > 0
"""
_ENDS = """
    with recursive down (root, id) as (
        select statement_id, target from xapi_reference where statement_id = any(%s::uuid[])
        union
        select down.root, pointer.target
        from down join xapi_reference pointer on pointer.statement_id = down.id
    )
    select down.root, record.raw from down
    join xapi_statementid known on known.id = down.id
    join xapi_statementrecord record on record.position = known.position
    where not exists (select from xapi_reference pointer where pointer.statement_id = down.id)
"""


def chained(ids: Collection[UUID]) -> dict[UUID, list[int]]:
    """For each of these the places of those that point to it, or it to them, however far."""
    found: dict[UUID, list[int]] = {}
    for root, place in database.rows(_CHAINED, [list(ids)]):
        found.setdefault(root, []).append(place)
    return found


def of_attempt(persons: Sequence[Key], registration: str) -> list[Kept]:
    """The private statements of a person in one attempt."""
    rows = database.rows(_OF_ATTEMPT, [list(persons), registration.lower()])
    return [Kept(*row) for row in rows]


def ends(ids: Collection[UUID]) -> dict[UUID, str]:
    """What each of these points to in the end, as far as that is here."""
    return dict(database.rows(_ENDS, [list(ids)])) if ids else {}
