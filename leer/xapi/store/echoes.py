"""Statements about statements: found by what the target says, however long the chain.

"Statement a is a match when a targets b which targets c and the filter conditions match for
c" (Communication, 2.1.3, Filter Conditions for StatementRefs). So the keys of c are written for
b and a too, with c as their source. This happens when the later of the two arrives, whichever
that is: the result does not depend on the order.
"""

from collections.abc import Sequence
from uuid import UUID

from leer.xapi.statements.checking import Fact, keys_of
from leer.xapi.store import database, tables

LONGEST_CHAIN = 50  # statements; a longer chain is followed this far

# From the statements that changed up to all that lead to them, and from those down again.
_PAIRS = f"""
    with recursive
    up (root, id, depth) as (
        select place, id, 0 from unnest(%s::bigint[], %s::uuid[]) as changed (place, id)
        union
        select pointer.position, pointer.statement_id, up.depth + 1
        from up join xapi_reference pointer on pointer.target = up.id
        where up.depth < {LONGEST_CHAIN}
    ),
    roots as (select distinct root, id from up),
    down (root, id, depth) as (
        select root, id, 0 from roots
        union
        select down.root, pointer.target, down.depth + 1
        from down join xapi_reference pointer on pointer.statement_id = down.id
        where down.depth < {LONGEST_CHAIN}
    )
    select distinct down.root, record.position, record.raw
    from down
    join xapi_statementid known on known.id = down.id
    join xapi_statementrecord record on record.position = known.position
    where record.position <> down.root and not record.private
"""  # noqa: S608 (the one number in it is ours)


def follow(fresh: Sequence[tuple[int, Fact]], *, pointed_at: bool) -> None:
    """Write the keys that these new statements give to others or get from others.

    ``pointed_at``: some statement that is here already points to one of these.
    """
    if not pointed_at and not any(fact.targets for _, fact in fresh):
        return
    places = [place for place, _ in fresh]
    ids: list[UUID] = [fact.id for _, fact in fresh]
    new = [
        (key, root, source)
        for root, source, raw in database.rows(_PAIRS, [places, ids])
        for key in keys_of(raw.encode())
    ]
    tables.add_mentions(new)
