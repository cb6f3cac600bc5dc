"""Reading the ledger: one statement by its id, or a page of those that a filter finds.

Private statements (class B) are never among them, and voided ones only by their id.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from leer.xapi.statements.keys import Kind, key
from leer.xapi.store import database
from leer.xapi.store.positions import first_after

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

    wanted: Sequence[Sequence[UUID]] = ()
    after: int = -1
    before: int = LAST_PLACE
    ascending: bool = False
    writer: Sequence[UUID] = ()

    def beyond(self, place: int) -> "Filter":
        """The same, from after this place on."""
        if self.ascending:
            return replace(self, after=max(self.after, place))
        return replace(self, before=min(self.before, place))


def agent_keys(names: Sequence[str], *, related: bool) -> list[UUID]:
    """Keys of an Agent or Group in the parts that the filter looks at."""
    kinds = [Kind.AGENT, Kind.RELATED_AGENT, Kind.WRITER] if related else [Kind.AGENT]
    return [key(kind, name) for name in names for kind in kinds]


def activity_keys(iri: str, *, related: bool) -> list[UUID]:
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


def was_written_by(place: int, writer: Sequence[UUID]) -> bool:
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
        portion = [Found(*row) for row in database.rows(*_query(wanted, count))]
        yield from portion
        if len(portion) < count:
            return
        wanted = wanted.beyond(portion[-1].place)


def _query(wanted: Filter, count: int) -> tuple[str, list[object]]:
    """From the lists of places of each key to the statements.

    Every list is in the order of places, so that lists are merged, and reading stops when the
    page is full.
    """
    tables = ["xapi_statementrecord record"]
    conditions = ["record.position > %s", "record.position < %s", "not record.private", NOT_VOIDED]
    parameters: list[object] = []
    bounds = [wanted.after, wanted.before]
    for number, choices in enumerate(wanted.wanted):
        tables.append(f"({' union all '.join([_LIST] * len(choices))}) as list{number}")
        parameters += [value for choice in choices for value in (choice, *bounds)]
        conditions.append(f"list{number}.position = record.position")
        if number:
            conditions.append(f"list{number}.source = list0.source")
    parameters += bounds
    if wanted.writer:
        conditions.append(_BY_WRITER)
        parameters.append(list(wanted.writer))
    place = "list0.position" if wanted.wanted else "record.position"
    order = "asc" if wanted.ascending else "desc"
    query = (
        f"select record.position, record.raw from {', '.join(tables)}"  # noqa: S608
        f" where {' and '.join(conditions)} order by {place} {order} limit %s"
    )
    return query, [*parameters, count]


_LIST = (
    "select position, source from xapi_mention where key = %s and position > %s and position < %s"
)
_BY_WRITER = """
    exists (
        select from xapi_mention by_writer
        where by_writer.key = any(%s::uuid[]) and by_writer.position = record.position
        and by_writer.source = record.position
    )
"""


class Horizon:
    """Up to when everything is in: the ``X-Experience-API-Consistent-Through`` header.

    A statement gets its moment while its writer holds the ledger's lock, so what is not yet
    visible was stored after the oldest transaction that is under way began. Asked for at most
    four times a second: an earlier moment is a true answer too.
    """

    def __init__(self) -> None:
        self._known = datetime.min.replace(tzinfo=UTC)
        self._until = 0.0

    def moment(self) -> datetime:
        """Everything that was stored before this moment can be read."""
        if time.monotonic() > self._until:
            self._known = database.rows(_OLDEST)[0][0]
            self._until = time.monotonic() + 0.25
        return self._known

    def place(self) -> int:
        """The first place that may still be written."""
        return first_after(self.moment() - timedelta(microseconds=1))


_OLDEST = """
    select least(clock_timestamp(), min(xact_start)) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null
"""
HORIZON = Horizon()
