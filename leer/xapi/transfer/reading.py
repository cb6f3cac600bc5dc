"""Reading the ledger in the order of its places, a portion at a time, so that memory stays flat.

Never past the horizon: transactions do not commit in the order of places, and whoever reads
past one that is still under way will not come back for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from leer.xapi.selectors import Horizon
from leer.xapi.store import database

MOST_BYTES = 8 * 1024 * 1024  # of statements in one portion; one statement may be larger


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement as it is kept."""

    place: int
    id: UUID
    private: bool
    trusted: bool
    raw: str


@dataclass(frozen=True)
class Portion:
    """What is next. ``through``: up to and including this place everything was looked at;
    ``is_last``: there is nothing more before the bound.
    """

    statements: Sequence[Kept]
    through: int
    is_last: bool


def horizon() -> int:
    """The first place that may still be written, asked for now and not remembered."""
    return Horizon().place()


_NEXT = """
    select position, statement_id, private, trusted, raw, total from (
        select *, count(*) over () as total,
            sum(octet_length(raw)) over (order by position) - octet_length(raw) as ahead
        from (
            select position, statement_id, private, trusted, raw from xapi_statementrecord
            where position > %s and position < %s and (not private or %s)
            order by position limit %s
        ) as following
    ) as measured
    where ahead < %s order by position
"""


def portion(*, after: int, before: int, count: int, private: bool = False) -> Portion:
    """The next statements after a place and before another, so many at most and not too large.

    ``before`` is at most ``horizon()``. ``private`` takes those for one person only too.
    """
    parameters = [after, before, private, count, MOST_BYTES]
    rows = database.rows(_NEXT, parameters)
    statements = [Kept(*row[:-1]) for row in rows]
    there = rows[0][-1] if rows else 0  # of these, without the bound on bytes
    is_last = there < count and len(rows) == there
    through = max(after, before - 1) if is_last else statements[-1].place
    return Portion(statements, through, is_last)


def walk(*, after: int, before: int, count: int, private: bool = False) -> Iterator[Portion]:
    """Portion by portion to the bound; the last may be empty."""
    while True:
        next_one = portion(after=after, before=before, count=count, private=private)
        yield next_one
        if next_one.is_last:
            return
        after = next_one.through
