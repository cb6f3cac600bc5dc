"""Reading the ledger: one statement by its id, or a page of those that a filter finds.

Private statements (class B) are never among them, and voided ones only by their id.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from leer.xapi.statements.keys import Key, Kind, key
from leer.xapi.store import database
from leer.xapi.store.clock import LAG
from leer.xapi.store.positions import EPOCH, first_after

LAST_PLACE = (1 << 63) - 1


@dataclass(frozen=True)
class Found:
    """A statement as it is kept, and its place."""

    place: int
    raw: str


@dataclass(frozen=True)
class Filter:
    """What to look for. Each of ``wanted`` is a choice of keys, of which one must be there.

    ``after`` and ``before`` bound the place, both exclusive. ``writer`` are the keys of an
    authority to which the reader is bound.
    """

    wanted: Sequence[Sequence[Key]] = ()
    after: int = -1
    before: int = LAST_PLACE
    ascending: bool = False
    writer: Sequence[Key] = ()

    def beyond(self, place: int) -> "Filter":
        """The same, from after this place on."""
        if self.ascending:
            return replace(self, after=max(self.after, place))
        return replace(self, before=min(self.before, place))


def agent_keys(names: Sequence[str], *, related: bool) -> list[Key]:
    """Keys of an Agent or Group in the parts that the filter looks at."""
    kinds = [Kind.AGENT, Kind.RELATED_AGENT, Kind.WRITER] if related else [Kind.AGENT]
    return [key(kind, name) for name in names for kind in kinds]


def activity_keys(iri: str, *, related: bool) -> list[Key]:
    """Keys of an activity in the parts that the filter looks at."""
    kinds = [Kind.ACTIVITY, Kind.RELATED_ACTIVITY] if related else [Kind.ACTIVITY]
    return [key(kind, iri) for kind in kinds]


# A statement is voided when another one voids it, unless it is itself one that voids (2.3.2).
NOT_VOIDED = """
    (not exists (
        select from xapi_reference voiding
        where voiding.target = record.statement_id and voiding.voids
    ) or exists (
        select from xapi_reference itself
        where itself.position = record.position and itself.voids
    ))
"""
_ONE = """
    select record.position, record.raw
    from xapi_statementid known
    join xapi_statementrecord record on record.position = known.position
    where known.id = %s and not record.private and
"""


def by_id(statement_id: UUID, *, voided: bool = False) -> Found | None:
    """The statement with this id: one that holds, or with ``voided`` one that was voided."""
    condition = "not " + NOT_VOIDED if voided else NOT_VOIDED
    found = database.rows(_ONE + condition, [statement_id])
    return Found(*found[0]) if found else None


def place_of(statement_id: UUID) -> int | None:
    """Where the statement with this id is, of whatever kind; ``None`` when it is not here."""
    query = "select position from xapi_statementid where id = %s"
    found = database.rows(query, [statement_id])
    return found[0][0] if found else None


def was_written_by(place: int, writer: Sequence[Key]) -> bool:
    """Whether the statement at this place has this authority."""
    return bool(database.rows(_WRITTEN_BY, [list(writer), place, place]))


_WRITTEN_BY = """
    select from xapi_mention where key = any(%s::uuid[]) and position = %s and source = %s
"""


def page(wanted: Filter, count: int) -> list[Found]:
    """The first so many statements that the filter finds, in order."""
    found: list[Found] = []
    for one in _matches(wanted, count):
        if not found or one.place != found[-1].place:  # by its own words and by a target's
            found.append(one)
        if len(found) == count:
            break
    return found


def _matches(wanted: Filter, count: int) -> Iterator[Found]:
    """Matches in order, some twice, fetched in portions."""
    while True:
        # How common a key is decides how to look for it: so planned each time.
        portion = database.rows_planned_anew(*_query(wanted, count))
        yield from (Found(place, raw) for place, raw in portion if raw is not None)
        if len(portion) < count:
            return
        wanted = wanted.beyond(portion[-1][0])


def _query(wanted: Filter, count: int) -> tuple[str, list[object]]:
    """Places first, from the lists of the keys, and then their statements.

    Each list is read in the order of places from where the page begins, as far as the page goes,
    and its other conditions are looked up one by one. A place whose statement may not be shown
    comes without text.
    """
    order = "asc" if wanted.ascending else "desc"
    end = f"order by position {order} limit {int(count)}"
    places, parameters = _places(wanted, end)
    return _PAGE.format(places=places, end=end), parameters


_PAGE = f"""
    select found.position, shown.raw
    from (select position from ({{places}}) as lists {{end}}) as found
    left join lateral (
        select record.raw from xapi_statementrecord record
        where record.position = found.position and not record.private and {NOT_VOIDED}
        offset 0
    ) as shown on true
    {{end}}
"""  # noqa: S608 (every part of it is here)


def _places(wanted: Filter, end: str) -> tuple[str, list[object]]:
    bounds: list[object] = [wanted.after, wanted.before]
    lists = [*wanted.wanted] or [[*wanted.writer]]
    if not lists[0]:
        return _ALL, bounds
    conditions, looked_up = _conditions(wanted)
    parts = [f"({_LIST}{conditions} {end})"] * len(lists[0])
    parameters = [value for key in lists[0] for value in (key, *bounds, *looked_up)]
    return " union all ".join(parts), parameters


def _conditions(wanted: Filter) -> tuple[str, list[object]]:
    """What a place in the first list must have besides."""
    others = [list(keys) for keys in wanted.wanted[1:]]
    conditions = _ALSO * len(others)
    if wanted.writer:
        conditions += _BY_WRITER
        others.append(list(wanted.writer))
    return conditions, [f"{{{','.join(keys)}}}" for keys in others]


_ALL = """
    select position from xapi_statementrecord where position > %s and position < %s
"""
_LIST = """
    select list.position from xapi_mention list
    where list.key = %s::uuid and list.position > %s and list.position < %s
"""
# The offset keeps the planner from making a join of it.
_ALSO = """
    and exists (
        select from xapi_mention also where also.key = any(%s::uuid[])
        and also.position = list.position and also.source = list.source offset 0
    )
"""
_BY_WRITER = """
    and exists (
        select from xapi_mention writer where writer.key = any(%s::uuid[])
        and writer.position = list.position and writer.source = list.position offset 0
    )
"""


class Horizon:
    """Up to when everything is in: the ``X-Experience-API-Consistent-Through`` header.

    A statement gets its moment at most a second before its transaction begins (``store.clock``),
    so what is not yet visible has a moment after that of the oldest transaction under way, less
    a second. Asked for at most four times a second: an earlier moment is a true answer too.
    """

    def __init__(self) -> None:
        self._known = EPOCH
        self._until = 0.0

    def moment(self) -> datetime:
        """Everything that was stored before this moment can be read."""
        if time.monotonic() > self._until:
            self._known = database.rows(_OLDEST)[0][0] - timedelta(microseconds=LAG)
            self._until = time.monotonic() + 0.25
        return self._known

    def last_known(self) -> datetime:
        """The same, as it was when it was last asked for."""
        return self._known

    def place(self) -> int:
        """The first place that may still be written."""
        return first_after(self.moment() - timedelta(microseconds=1))


_OLDEST = """
    select least(clock_timestamp(), min(xact_start)) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
        and backend_type = 'client backend'  -- a long autovacuum writes no statements
"""
HORIZON = Horizon()
