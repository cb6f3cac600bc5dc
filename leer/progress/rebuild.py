"""Progress made again from the ledger, to prove that the two are equal, or to repair."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from leer.accounts.models import User
from leer.progress.models import Acknowledgement, Attempt, ModuleProgress, PartProgress
from leer.progress.projection import MemoryRows, project
from leer.progress.reading import read
from leer.xapi import api as xapi

# Per table: what makes a row itself, and what else must be equal.
IDENTITY: dict[Any, tuple[str, ...]] = {
    ModuleProgress: ("user_id", "module_key", "registration"),
    PartProgress: ("user_id", "module_key", "part_key"),
    Attempt: ("id",),
    Acknowledgement: ("user_id", "policy_key", "version", "sha256"),
}

ONE_MOMENT = "set transaction isolation level repeatable read"


@dataclass
class Difference:
    """What is not as the ledger says, as identities of rows."""

    missing: list[str] = field(default_factory=list)
    unfounded: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.unfounded or self.different)


def check(on_progress: Callable[[int], None] = lambda done: None) -> Difference:
    """Hold every row of the database against the ledger, both as of one moment."""
    inside_another = connection.in_atomic_block
    with transaction.atomic():
        if not inside_another:
            with connection.cursor() as cursor:
                cursor.execute(ONE_MOMENT)
        return compare(fold(on_progress))


def fold(on_progress: Callable[[int], None] = lambda done: None) -> MemoryRows:
    """Every row that the ledger accounts for."""
    rows = MemoryRows(_people())
    for done, statement in enumerate(xapi.stream(), start=1):
        event = read(statement)
        if event and rows.knows(event):
            project(event, rows)
        on_progress(done)
    return rows


def _people() -> dict[UUID, int]:
    """Who is who in the ledger. Whoever is being taken out of it has two names until that is done,
    the old one and the one that comes in its place.
    """
    people = dict(User.objects.values_list("actor_name", "pk"))
    by_text = {str(name): pk for name, pk in people.items()}
    for new, old_names in xapi.being_replaced().items():
        people |= {UUID(new): by_text[old] for old in old_names if old in by_text}
    return people


def compare(expected: MemoryRows) -> Difference:
    """Hold every row of the database against the ledger's."""
    difference = Difference()
    for model, rows in _tables(expected):
        _compare_table(model, rows, difference)
    return difference


@transaction.atomic
def repair() -> None:
    """Put the ledger's rows in place of what is there. Nobody can add a fact meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("lock table xapi_statementrecord in share row exclusive mode")
    expected = fold()
    for model, rows in _tables(expected):
        model.objects.all().delete()
        model.objects.bulk_create(rows, batch_size=2000)


def make_again(user: User) -> None:
    """Put what the ledger says now of this person in place of what is there. The caller sees to
    it that nobody adds a fact meanwhile; rows that are right already are not touched.
    """
    expected = MemoryRows({user.actor_name: user.pk})
    for statement in xapi.stream_of(user.actor_name):
        event = read(statement)
        if event and expected.knows(event):
            project(event, expected)
    for model, rows in _tables(expected):
        _replace(model, user, {_identity(row): row for row in rows})


def _replace(model: Any, user: User, expected: dict[tuple[Any, ...], Any]) -> None:
    for old in model.objects.filter(user=user):
        new = expected.pop(_identity(old), None)
        if new is None:
            old.delete()
        elif _values(new) != _values(old):
            new.pk = old.pk
            new.save(force_update=True)
    for new in expected.values():
        # A trusted system may have given two people one attempt: it is whose row it was first.
        if new.pk is None or not model.objects.filter(pk=new.pk).exists():
            new.save(force_insert=True)


def _tables(rows: MemoryRows) -> Iterator[tuple[Any, list[Any]]]:
    yield ModuleProgress, list(rows.modules.values())
    yield PartProgress, list(rows.parts.values())
    yield Attempt, list(rows.attempts.values())
    yield Acknowledgement, list(rows.acknowledgements.values())


def _compare_table(model: Any, rows: Iterable[Any], difference: Difference) -> None:
    expected = {_identity(row): _values(row) for row in rows}
    for row in model.objects.iterator(chunk_size=2000):
        identity = _identity(row)
        values = expected.pop(identity, None)
        if values is None:
            difference.unfounded.append(_label(model, identity))
        elif values != _values(row):
            difference.different.append(_label(model, identity))
    difference.missing.extend(_label(model, identity) for identity in expected)


def _identity(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in IDENTITY[type(row)])


def _values(row: Any) -> dict[str, Any]:
    surrogate = {"id"} - set(IDENTITY[type(row)])
    return {
        column.attname: getattr(row, column.attname)
        for column in row._meta.concrete_fields
        if column.attname not in surrogate
    }


def _label(model: Any, identity: tuple[Any, ...]) -> str:
    return f"{model.__name__} {'/'.join(str(part) for part in identity)}"
