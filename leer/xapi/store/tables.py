"""Rows of statements and of what they are found by, into their tables.

A few go in one query; many by ``COPY``. Either way an id that is taken already is passed over,
with everything of its statement.
"""

import struct
from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

from django.db import IntegrityError, transaction
from msgspec import Struct

from leer.xapi.statements.keys import Key, Keys
from leer.xapi.store import database

FEW = 30  # statements up to which one query is faster than ``COPY``, measured


class Row(Struct, frozen=True, gc=False):
    """One statement as it is stored, with the keys it is found by."""

    position: int
    id: UUID
    private: bool
    trusted: bool
    raw: bytes
    keys: Keys


def store(new: Sequence[Row], *, alone: bool, moment: int) -> dict[int, bool]:
    """Take part in writing (``database.enter``), and store those whose id is free: their
    positions, and whether an earlier statement points to them.

    In the order of the ids, so that two writers of the same ones wait and never lock each other.
    """
    order = _in_order(new)
    if len(order) > FEW:
        database.enter(alone=alone, moment=moment)
        return _store_many(order)
    with database.told_apart():
        return dict(database.rows(_STORE, [alone, moment, *_columns(order)]))


def _in_order(new: Sequence[Row]) -> list[Row]:
    return sorted(new, key=lambda row: row.id.int)


def store_plainly(new: Sequence[Row], *, moment: int) -> None:
    """Store these in a transaction of their own, in one round trip, from a writer whose now is
    ``moment``. Raises ``NotPlain`` when one is known, or when another statement points to one.
    """
    order = _in_order(new)
    with database.told_apart():
        database.execute(_STORE_PLAINLY, [moment, *_columns(order)])


_STORE = """
    select * from xapi_store(
        %s, %s,
        %s::uuid[], %s::bigint[], %s::bool[], %s::bool[], %s::text[], %s::uuid[], %s::bigint[]
    )
"""
_STORE_PLAINLY = """
    select xapi_store_plainly(
        %s, %s::uuid[], %s::bigint[], %s::bool[], %s::bool[], %s::text[], %s::uuid[], %s::bigint[]
    )
"""


def _columns(order: Sequence[Row]) -> list[str]:
    return [
        _array(row.id.hex for row in order),
        _array(str(row.position) for row in order),
        _array("t" if row.private else "f" for row in order),
        _array("t" if row.trusted else "f" for row in order),
        _array(_quoted(row.raw) for row in order),
        _array(key for row in order for group in row.keys for key in group),
        _array(str(row.position) for row in order for group in row.keys for _ in group),
    ]


def _array(items: Iterable[str]) -> str:
    """An array as PostgreSQL writes it (8.15.2): the driver's own takes a third of the time of a
    write, measured.
    """
    return "{" + ",".join(items) + "}"


def _quoted(raw: bytes) -> str:
    return '"' + raw.decode().replace("\\", "\\\\").replace('"', '\\"') + '"'


_ID = struct.Struct("!hi16siq")
_KEY, _PLACES = struct.Struct("!hi16s"), struct.Struct("!iqiq")  # of a mention
_STATEMENT = struct.Struct("!hiqi16si?i?i")


def _store_many(order: Sequence[Row]) -> dict[int, bool]:
    claimed = _claim(order)
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
    _copy_mentions(fresh)
    return claimed


def _claim(order: Sequence[Row]) -> dict[int, bool]:
    """Take the ids that are free: mostly all, which goes at a third of the price."""
    try:
        with transaction.atomic():
            _copy_ids(order)
    except IntegrityError:
        return _claim_some(order)
    ids = _array(row.id.hex for row in order)
    targets = {one for (one,) in database.rows(_POINTED_AT, [ids])}
    return {row.position: row.id in targets for row in order}


def _copy_ids(order: Sequence[Row]) -> None:
    pack = _ID.pack
    packed = (pack(2, 16, row.id.bytes, 8, row.position) for row in order)
    database.copy("xapi_statementid (id, position)", packed)


def _claim_some(order: Sequence[Row]) -> dict[int, bool]:
    ids = _array(row.id.hex for row in order)
    positions = _array(str(row.position) for row in order)
    return dict(database.rows(_CLAIM_SOME, [ids, positions]))


_POINTED_AT = "select distinct target from xapi_reference where target = any(%s::uuid[])"
_CLAIM_SOME = """
    with new as (
        insert into xapi_statementid (id, position)
        select * from unnest(%s::uuid[], %s::bigint[])
        on conflict (id) do nothing
        returning id, position
    )
    select position, exists (select from xapi_reference where target = new.id) from new
"""


def _copy_mentions(new: Sequence[Row]) -> None:
    packed: list[bytes] = []
    for row in new:
        places = _PLACES.pack(8, row.position, 8, row.position)
        packed += [start + places for group in row.keys for start in _packed(group)]
    packed.sort()  # by key: the index is written in its own order
    database.copy("xapi_mention (key, position, source)", packed)


@lru_cache(maxsize=1 << 14)  # most come again and again
def _packed(group: frozenset[Key]) -> tuple[bytes, ...]:
    return tuple([_KEY.pack(3, 16, bytes.fromhex(key)) for key in group])


_ADD = """
    insert into xapi_mention (key, position, source)
    select * from unnest(%s::uuid[], %s::bigint[], %s::bigint[])
    on conflict do nothing
"""
AT_ONCE = 10_000


def add_mentions(new: Sequence[tuple[Key, int, int]]) -> None:
    """Keys, with the position that is found and the position that says so; some may be there."""
    for start in range(0, len(new), AT_ONCE):
        columns = zip(*new[start : start + AT_ONCE], strict=True)
        database.execute(_ADD, [list(column) for column in columns])
