"""Rows written with SQL, those of several tables in one statement: every step of everybody does."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Field, Model

from leer.core import sql

type Fields = tuple["Field[Any, Any]", ...]


class Change[R: Model]:
    """A row as it was read, or a new one, and what became of it since."""

    def __init__(self, row: R) -> None:
        self.row = row
        self._before = {} if row._state.adding else _values(row)

    def fields(self) -> Fields:
        """Those to write: all of a new row but the number that the database gives it."""
        every = self.row._meta.concrete_fields
        if self.row._state.adding:
            return tuple(one for one in every if self.row.pk is not None or not one.primary_key)
        return tuple(
            one for one in every if self._before[one.attname] != one.value_from_object(self.row)
        )


def _values(row: Model) -> dict[str, Any]:
    """As they are now: the steps of an attempt are written in."""
    return {n: dict(v) if isinstance(v, dict) else v for n, v in vars(row).items()}


def save(changes: Iterable[Change[Any]]) -> None:
    """Write what is new or changed in one statement. They are rows of different tables: in which
    order PostgreSQL writes them is not ours to say.
    """
    written = [(one.row, fields) for one in changes if (fields := one.fields())]
    if not written:
        return
    texts = [_text(row, fields) for row, fields in written]
    sent = chain.from_iterable(_sent(row, fields) for row, fields in written)
    sql.execute(_together(texts), list(sent))
    for row, _ in written:
        row._state.adding = False


def _together(texts: Sequence[str]) -> str:
    *others, last = texts
    named = ", ".join(f"written_{n} as ({text})" for n, text in enumerate(others))
    return f"with {named} {last}" if named else last


@lru_cache(maxsize=64)  # few of them are ever used
def _insert(table: str, columns: tuple[str, ...]) -> str:
    places = ", ".join(["%s"] * len(columns))
    return f"insert into {table} ({', '.join(columns)}) values ({places})"  # noqa: S608


@lru_cache(maxsize=64)
def _update(table: str, columns: tuple[str, ...], key: str) -> str:
    values = ", ".join(f"{name} = %s" for name in columns)
    return f"update {table} set {values} where {key} = %s"  # noqa: S608


def _text(row: Model, fields: Fields) -> str:
    about = row._meta
    columns = tuple(str(field.column) for field in fields)
    if row._state.adding:
        return _insert(about.db_table, columns)
    return _update(about.db_table, columns, str(about.pk.column))


def _sent(row: Model, fields: Fields) -> list[Any]:
    values = [one.get_db_prep_save(getattr(row, one.attname), connection) for one in fields]
    return values if row._state.adding else [*values, row.pk]
