"""SQL for what every page asks, on Django's connection (so its transactions hold).

Prepared once per connection, without the cursor that puts parameters into the text of a query,
and without a queryset: to build one costs more than to run it.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError, connection
from django.db.models import Model


@contextmanager
def cursor(
    kind: "type[psycopg.Cursor[Any]]" = psycopg.Cursor,
) -> "Iterator[psycopg.Cursor[Any]]":
    """A cursor (with server-side parameters) on Django's connection, and Django's errors."""
    try:
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        with connection.wrap_database_errors, kind(connection.connection) as cur:
            yield cur
    except (OperationalError, InterfaceError):
        _Broke.at = time.monotonic()
        raise
    _ANSWERED.at = time.monotonic()


def rows(query: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Run a query, prepared once per connection."""
    with cursor() as cur:
        log(query)
        return cur.execute(query, parameters, prepare=True).fetchall()


def execute(query: str, parameters: Sequence[Any] = ()) -> None:
    """Run a statement, prepared once per connection."""
    with cursor() as cur:
        log(query)
        cur.execute(query, parameters, prepare=True)


def log(query: str) -> None:
    """For those who count queries: Django sees its own cursors only."""
    if connection.queries_logged:
        connection.queries_log.append({"sql": query, "time": "0"})


class RowQuery[M: Model]:
    """A query for rows of a model. ``{columns}`` in it are the model's own, of the table that is
    called ``one`` there; what is asked after them comes as the attributes ``also``.

    The columns are named: a migration that adds one must not change what a prepared query answers.
    ``query`` may be what makes it, when it is asked first.
    """

    def __init__(self, model: type[M], query: str | Callable[[], str], *also: str) -> None:
        self._model, self._query, self._also = model, query, also

    def first(self, parameters: Sequence[Any]) -> M | None:
        """The first row, if there is one."""
        found = rows(self._text, parameters)
        return self._made(found[0]) if found else None

    def all(self, parameters: Sequence[Any]) -> list[M]:
        """Every row."""
        return [self._made(row) for row in rows(self._text, parameters)]

    @cached_property
    def _text(self) -> str:
        columns = (f"one.{field.column}" for field in self._model._meta.concrete_fields)
        query = self._query if isinstance(self._query, str) else self._query()
        return query.replace("{columns}", ", ".join(columns))

    @cached_property
    def _converted(self) -> list[tuple[int, Any]]:
        """The places of the columns that the driver does not read as the field wants (JSON)."""
        fields = enumerate(self._model._meta.concrete_fields)
        return [(n, field) for n, field in fields if hasattr(field, "from_db_value")]

    def _made(self, row: Sequence[Any]) -> M:
        values = list(row)
        for place, field in self._converted:
            values[place] = field.from_db_value(values[place], None, connection)
        count = len(values) - len(self._also)
        made = self._model.from_db(connection.alias, (), values[:count])
        for name, value in zip(self._also, values[count:], strict=True):
            setattr(made, name, value)
        return made


FRESH = 1.0  # seconds for which a connection that answered need not be asked whether it is there
_ANSWERED = threading.local()


class _Broke:
    """When a connection of this process last broke. The database may have gone, and then those of
    all other threads broke with it.
    """

    at = float("-inf")


def answered_within(seconds: float) -> bool:
    """Whether this thread's connection did, and none of another broke since."""
    at = getattr(_ANSWERED, "at", float("-inf"))
    return at > _Broke.at and time.monotonic() - at < seconds


def trust_what_just_answered(**kwargs: Any) -> None:
    """When a request begins: Django asks every connection at every request whether it is still
    there (``CONN_HEALTH_CHECKS``), which is a round trip more for each.
    """
    if answered_within(FRESH):
        connection.health_check_done = True  # type: ignore[attr-defined]
