"""PostgreSQL as the ledger uses it: prepared statements (``leer.core.sql``: the same few run
thousands of times a second here), binary ``COPY``, the ledger's lock.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DatabaseError, connection

from leer.core.sql import answered_within, cursor, execute, log, rows

__all__ = [
    "ClockDiffers",
    "NotPlain",
    "copy",
    "cursor",
    "enter",
    "execute",
    "refresh",
    "rows",
    "rows_planned_anew",
    "told_apart",
]

IDLE = 5.0  # seconds after which a connection is looked at before it is used


def rows_planned_anew(query: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run a query for which the best way depends on the very parameters: they are put in its
    text, so that it is planned for them.
    """
    with cursor(psycopg.ClientCursor) as cur:
        log(query)
        return cur.execute(query, parameters).fetchall()


def copy(target: str, packed: Iterable[bytes]) -> None:
    """Rows in PostgreSQL's binary format, into ``table (columns)``."""
    query = f"copy {target} from stdin (format binary)"
    with cursor() as cur, cur.copy(query) as stream:
        log(query)
        stream.write(_SIGNATURE + b"".join(packed) + _END)


_SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END = b"\xff\xff"


def refresh() -> None:
    """Replace a connection that broke, or that was idle so long that it may have."""
    if connection.in_atomic_block:
        return
    if connection.errors_occurred or not answered_within(IDLE):
        connection.close_if_unusable_or_obsolete()


def enter(*, alone: bool, moment: int) -> None:
    """Take part in writing until the transaction ends. ``moment`` is this writer's now.

    Writers stand beside each other. One whose statement points to another writes ``alone``:
    otherwise two that come at the same moment would not see each other (``store.echoes``).
    Raises ``ClockDiffers`` (see ``store.clock``).
    """
    with told_apart():
        execute("select xapi_enter(%s, %s)", [alone, moment])


class ClockDiffers(Exception):
    """This process and the database do not agree on what time it is."""


class NotPlain(Exception):
    """Some of these statements are known, or another statement points to them."""


@contextmanager
def told_apart() -> Iterator[None]:
    """The errors of the ledger's own functions (migration 0002), as exceptions."""
    try:
        yield
    except DatabaseError as error:
        kind = _OWN.get(str(getattr(error.__cause__, "sqlstate", "")))
        if kind is None:
            raise
        raise kind from error


_OWN = {"LE001": ClockDiffers, "LE002": NotPlain}
