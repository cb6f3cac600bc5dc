"""Changing what was stored: only erasure and retention do (docs/decisions/0016-forgetting.md).

In transactions of the caller, in which nobody else writes (``alone``): a statement about a
statement copies its keys, and a copy made from the old words would stay.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec import Struct

from leer.xapi.statements.checking import keys_of
from leer.xapi.statements.keys import Key, Kind, key
from leer.xapi.statements.shape import read_statement
from leer.xapi.store import database, tables
from leer.xapi.store.clock import READ
from leer.xapi.store.echoes import LONGEST_CHAIN


class Kept(Struct, frozen=True):
    """A statement as it is stored."""

    place: int
    id: UUID
    private: bool
    trusted: bool
    raw: str


class Change(Struct, frozen=True):
    """A statement, and the text that comes in the place of its own."""

    old: Kept
    raw: str


def alone() -> None:
    """Nobody else writes until this transaction ends."""
    database.enter(alone=True, moment=database.rows(READ)[0][0])


def kept_at(places: Collection[int]) -> list[Kept]:
    """The statements at these places, in order."""
    return [Kept(*row) for row in database.rows(_AT, [list(places)])]


_AT = """
    select position, statement_id, private, trusted, raw from xapi_statementrecord
    where position = any(%s::bigint[]) order by position
"""


def found_by(old: Kept) -> frozenset[Key]:
    """The keys that a statement has by its own words: a private one its person's only."""
    return _keys(old.raw, private=old.private)


def _keys(raw: str, *, private: bool) -> frozenset[Key]:
    if not private:
        return keys_of(raw.encode())
    actor = read_statement(raw.encode()).actor
    return frozenset(key(Kind.PERSON, name) for name in actor.names)


def replace(changes: Sequence[Change]) -> None:
    """Put these texts in place, and what the statements are found by; also by those that point
    to them.
    """
    if not changes:
        return
    database.execute(_REPLACE, [[one.old.place for one in changes], [one.raw for one in changes]])
    places = _found_at([one.old for one in changes])
    gone, new = [], []
    for one in changes:
        before, after = found_by(one.old), _keys(one.raw, private=one.old.private)
        for place in places[one.old.place]:
            gone += [(key, place, one.old.place) for key in before - after]
            new += [(key, place, one.old.place) for key in after - before]
    _drop_mentions(gone)
    tables.add_mentions(new)


_REPLACE = """
    update xapi_statementrecord record set raw = new.raw
    from unnest(%s::bigint[], %s::text[]) as new (position, raw)
    where record.position = new.position
"""


def remove(statements: Sequence[Kept]) -> None:
    """Take these out of the ledger, with their ids and what they are found by."""
    if not statements:
        return
    places = _found_at(statements)
    _drop_mentions(
        [
            (key, place, one.place)
            for one in statements
            for place in places[one.place]
            for key in found_by(one)
        ]
    )
    at = [[one.place for one in statements]]
    database.execute("delete from xapi_reference where position = any(%s::bigint[])", at)
    database.execute("delete from xapi_statementrecord where position = any(%s::bigint[])", at)
    ids = [[one.id for one in statements]]
    database.execute("delete from xapi_forwardrefusal where statement_id = any(%s::uuid[])", ids)
    database.execute("delete from xapi_statementid where id = any(%s::uuid[])", ids)


def _found_at(statements: Sequence[Kept]) -> dict[int, list[int]]:
    """For each of these its place, and the places of those that lead to it."""
    found = {one.place: [one.place] for one in statements}
    pairs = [[one.place for one in statements], [one.id for one in statements]]
    for source, place in database.rows(_LEADING, pairs):
        if place not in found[source]:
            found[source].append(place)
    return found


_LEADING = f"""
    with recursive up (source, place, id, depth) as (
        select place, place, id, 0 from unnest(%s::bigint[], %s::uuid[]) as changed (place, id)
        union
        select up.source, pointer.position, pointer.statement_id, up.depth + 1
        from up join xapi_reference pointer on pointer.target = up.id
        where up.depth < {LONGEST_CHAIN}
    )
    select distinct source, place from up
"""  # noqa: S608 (the one number in it is ours)


def _drop_mentions(gone: Sequence[tuple[Key, int, int]]) -> None:
    for start in range(0, len(gone), tables.AT_ONCE):
        columns = zip(*gone[start : start + tables.AT_ONCE], strict=True)
        database.execute(_DROP, [list(column) for column in columns])


_DROP = """
    delete from xapi_mention mention
    using unnest(%s::uuid[], %s::bigint[], %s::bigint[]) as gone (key, position, source)
    where mention.key = gone.key and mention.position = gone.position
    and mention.source = gone.source
"""


def sources_of(keys: Collection[Key], *, count: int) -> list[int]:
    """The places of the first statements whose own words have one of these keys."""
    return [place for (place,) in database.rows(_SOURCES, [list(keys), count])]


_SOURCES = """
    select distinct source from xapi_mention where key = any(%s::uuid[]) order by source limit %s
"""


def drop_keys(keys: Collection[Key], sources: Collection[int]) -> None:
    """Nothing is found by these keys for what these say. For what was stored otherwise than it
    would be now: a rewriting goes by how it is stored now.
    """
    database.execute(
        "delete from xapi_mention where key = any(%s::uuid[]) and source = any(%s::bigint[])",
        [list(keys), list(sources)],
    )
