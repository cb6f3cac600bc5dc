"""Rows of statements and of what they are found by, into their tables.

A few go in one query; many by ``COPY``. Either way an id that is taken already is passed over,
with everything of its statement.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from leer.xapi.store import database

FEW = 30  # statements up to which one query is faster than ``COPY``, measured


@dataclass(frozen=True, slots=True)
class Row:
    """One statement as it is stored, with the keys it is found by."""

    position: int
    id: UUID
    private: bool
    trusted: bool
    raw: bytes
    keys: frozenset[UUID]


def store(new: Sequence[Row]) -> dict[int, bool]:
    """Store those whose id is free: their positions, and whether an earlier statement points to
    them.

    In the order of the ids, so that two writers of the same ones wait and never lock each other.
    """
    order = sorted(new, key=lambda row: row.id)
    return _store_few(order) if len(order) <= FEW else _store_many(order)


_NEW = """
    with new as (
        insert into xapi_statementid (id, position)
        select * from unnest(%s::uuid[], %s::bigint[])
        on conflict (id) do nothing
        returning id, position
    )
"""
_CLAIMED = """
    select position, exists (select from xapi_reference where target = new.id) from new
"""
_FEW = (
    _NEW  # noqa: S608 (every part of it is here)
    + """
    , record as (
        insert into xapi_statementrecord (position, statement_id, private, trusted, raw)
        select new.position, new.id, given.private, given.trusted, given.raw
        from unnest(%s::bigint[], %s::bool[], %s::bool[], %s::text[])
        as given (position, private, trusted, raw) join new using (position)
    ), mention as (
        insert into xapi_mention (key, position, source)
        select given.key, new.position, new.position
        from unnest(%s::uuid[], %s::bigint[]) as given (key, position) join new using (position)
    )
"""
    + _CLAIMED
)


def _store_few(order: Sequence[Row]) -> dict[int, bool]:
    positions = [row.position for row in order]
    mentions = [(key, row.position) for row in order for key in row.keys]
    columns = [
        [row.id for row in order],
        positions,
        positions,
        [row.private for row in order],
        [row.trusted for row in order],
        [row.raw.decode() for row in order],
        [key for key, _ in mentions],
        [position for _, position in mentions],
    ]
    return dict(database.rows(_FEW, columns))


_MENTION = struct.Struct("!hi16siqiq")
_STATEMENT = struct.Struct("!hiqi16si?i?i")


def _store_many(order: Sequence[Row]) -> dict[int, bool]:
    ids, positions = [row.id for row in order], [row.position for row in order]
    claimed = dict(database.rows(_NEW + _CLAIMED, [ids, positions]))
    fresh = [row for row in order if row.position in claimed]
    fresh.sort(key=lambda row: row.position)
    pack = _STATEMENT.pack
    database.copy(
        "xapi_statementrecord (position, statement_id, private, trusted, raw)",
        (
            pack(5, 8, row.position, 16, row.id.bytes, 1, row.private, 1, row.trusted, len(row.raw))
            + row.raw
            for row in fresh
        ),
    )
    copy_mentions([(key.bytes, row.position) for row in fresh for key in row.keys])
    return claimed


def copy_mentions(new: Sequence[tuple[bytes, int]]) -> None:
    """Keys of statements of which these are all the rows."""
    pack = _MENTION.pack
    database.copy(
        "xapi_mention (key, position, source)",
        (pack(3, 16, key, 8, position, 8, position) for key, position in sorted(new)),
    )


_ADD = """
    insert into xapi_mention (key, position, source)
    select * from unnest(%s::uuid[], %s::bigint[], %s::bigint[])
    on conflict do nothing
"""
AT_ONCE = 10_000


def add_mentions(new: Sequence[tuple[UUID, int, int]]) -> None:
    """Keys, with the position that is found and the position that says so; some may be there."""
    for start in range(0, len(new), AT_ONCE):
        columns = zip(*new[start : start + AT_ONCE], strict=True)
        database.execute(_ADD, [list(column) for column in columns])
