"""Progress made again from the ledger, to prove that the two are equal, or to repair.

Some hundreds of people at a time: their facts in the ledger's order, what those come to, and the
rows that there are, all as of one moment. So it takes the memory of some hundreds of people however
long the ledger is, and goes on where it was stopped (``RebuildRun``).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from leer.accounts.models import User
from leer.privacy.kinds import Kind
from leer.privacy.register import REGISTER
from leer.progress.models import (
    Acknowledgement,
    Attempt,
    CaseReading,
    ModuleProgress,
    PartProgress,
    RebuildRun,
    Repair,
)
from leer.progress.projection import MemoryRows, project
from leer.progress.reading import read
from leer.xapi import api as xapi

PORTION = 500  # people

# Per table: what makes a row itself, and what else must be equal.
IDENTITY: dict[Any, tuple[str, ...]] = {
    ModuleProgress: ("user_id", "module_key", "registration"),
    PartProgress: ("user_id", "module_key", "part_key"),
    Attempt: ("id",),
    Acknowledgement: ("user_id", "policy_key", "version", "sha256"),
    CaseReading: ("user_id", "case_key"),
}

ONE_MOMENT = "set transaction isolation level repeatable read"
NOBODY_ADDS_FACTS = "lock table xapi_statementrecord in share row exclusive mode"


@dataclass(frozen=True)
class Wrong:
    """A row that is not as the ledger says: what it is (``None``: it is not there), and what it
    should be (``None``: nothing in the ledger tells of it).
    """

    before: Any
    after: Any

    @property
    def row(self) -> Any:
        """Which one it is about."""
        return self.after or self.before

    def __str__(self) -> str:
        return _label(type(self.row), _identity(self.row))


@dataclass
class Difference:
    """What is not as the ledger says, as identities of rows."""

    missing: list[str] = field(default_factory=list)
    unfounded: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.unfounded or self.different)

    def add(self, wrong: Wrong) -> None:
        """One more."""
        if wrong.before is None:
            self.missing.append(str(wrong))
        elif wrong.after is None:
            self.unfounded.append(str(wrong))
        else:
            self.different.append(str(wrong))


# All of it ----------------------------------------------------------------------------------------
def begin_or_resume(*, mends: bool, anew: bool = False) -> RebuildRun:
    """The run that was stopped, if one was and nobody wants a new one."""
    stopped = RebuildRun.objects.filter(mends=mends, finished_at=None).order_by("-pk").first()
    if stopped is None or anew:
        return RebuildRun.objects.create(mends=mends)
    return stopped


def go_on(run: RebuildRun) -> Iterator[list[Wrong]]:
    """Look at everybody who is left, and mend what is wrong if that was asked; after each portion
    it is written down how far it is.
    """
    while users := _next(run.after):
        facts, wrong = mend(users) if run.mends else look_at(users)
        _write_down(run, users, facts, len(wrong))
        yield wrong
    run.finished_at = timezone.now()
    run.save()


def _next(after: int) -> list[User]:
    return list(User.objects.filter(pk__gt=after).order_by("pk")[:PORTION])


def _write_down(run: RebuildRun, users: list[User], facts: int, wrong: int) -> None:
    RebuildRun.objects.filter(pk=run.pk).update(
        after=users[-1].pk,
        people=F("people") + len(users),
        facts=F("facts") + facts,
        wrong=F("wrong") + wrong,
    )
    run.refresh_from_db()


def check() -> Difference:
    """Hold every row of the database against the ledger."""
    found = Difference()
    for wrong in go_on(begin_or_resume(mends=False, anew=True)):
        for one in wrong:
            found.add(one)
    return found


def repair() -> None:
    """Put the ledger's rows in place of those that are not as it says."""
    for _ in go_on(begin_or_resume(mends=True, anew=True)):
        pass


# Some people --------------------------------------------------------------------------------------
def look_at(users: Collection[User]) -> tuple[int, list[Wrong]]:
    """How many facts there are of these people, and which of their rows are wrong, as of one
    moment.
    """
    with _one_moment():
        facts, expected = fold(users)
        return facts, list(_wrong(expected, users))


def mend(users: Collection[User]) -> tuple[int, list[Wrong]]:
    """As ``look_at``, and put right what is wrong. Only then nobody can add a fact meanwhile."""
    facts, wrong = look_at(users)
    if not wrong:
        return facts, []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(NOBODY_ADDS_FACTS)
        facts, expected = fold(users)
        wrong = list(_wrong(expected, users))
        Repair.objects.bulk_create([_trail(one) for one in wrong])
        _put_right(wrong)
    return facts, wrong


@transaction.atomic
def make_again(user: User) -> None:
    """Put what the ledger says now of this person in place of what is there, without a trail of
    what is forgotten. The caller sees to it that nobody adds a fact meanwhile.
    """
    expected = _folded({user.actor_name: user.pk})[1]
    _put_right(list(_wrong(expected, [user])))


@contextmanager
def _one_moment() -> Iterator[None]:
    inside_another = connection.in_atomic_block
    with transaction.atomic():
        if not inside_another:
            with connection.cursor() as cursor:
                cursor.execute(ONE_MOMENT)
        yield


def fold(users: Collection[User]) -> tuple[int, MemoryRows]:
    """How many facts there are of these people, and every row that those account for."""
    return _folded(_names_of(users))


def _folded(user_ids: dict[UUID, int]) -> tuple[int, MemoryRows]:
    rows, facts = MemoryRows(user_ids), 0
    for statement in xapi.stream_of(*user_ids):
        event = read(statement)
        if event and rows.knows(event):
            project(event, rows)
        facts += 1
    return facts, rows


def _names_of(users: Collection[User]) -> dict[UUID, int]:
    """Who is who in the ledger. Whoever is being taken out of it has two names until that is done,
    the old one and the one that comes in its place.
    """
    names = {user.actor_name: user.pk for user in users}
    by_text = {str(name): pk for name, pk in names.items()}
    for new, old_names in xapi.being_replaced().items():
        names |= {UUID(new): by_text[old] for old in old_names if old in by_text}
    return names


# Rows ---------------------------------------------------------------------------------------------
def _wrong(expected: MemoryRows, users: Iterable[User]) -> Iterator[Wrong]:
    for model, rows in _tables(expected):
        wanted = {_identity(row): row for row in rows}
        for old in model.objects.filter(user__in=users).order_by("pk"):
            new = wanted.pop(_identity(old), None)
            if new is None or _values(new) != _values(old):
                yield Wrong(old, new)
        yield from (Wrong(None, new) for new in _without_anothers(model, wanted))


def _without_anothers(model: Any, wanted: Mapping[tuple[Any, ...], Any]) -> Iterator[Any]:
    """A trusted system may have given two people one attempt: it is whose row it was first."""
    pks = [row.pk for row in wanted.values() if row.pk is not None]
    taken = set(model.objects.filter(pk__in=pks).values_list("pk", flat=True)) if pks else set()
    return (row for row in wanted.values() if row.pk not in taken)


def _put_right(wrong: Iterable[Wrong]) -> None:
    """What goes, goes first, and what ends before what begins: one attempt is open at a time."""
    for one in sorted(wrong, key=_turn):
        if one.after is None:
            one.before.delete()
        elif one.before is None:
            one.after.save(force_insert=True)
        else:
            one.after.pk = one.before.pk
            one.after.save(force_update=True)


def _turn(one: Wrong) -> tuple[bool, bool, bool]:
    is_open = getattr(one.after, "ended_at", True) is None
    return one.after is not None, one.before is None, is_open


def _trail(one: Wrong) -> Repair:
    return Repair(
        what=type(one.row).__name__,
        row="/".join(str(part) for part in _identity(one.row)),
        user_id=one.row.user_id,
        before=_told(one.before, one.after),
        after=_told(one.after, one.before),
    )


def _told(row: Any, other: Any) -> dict[str, Any] | None:
    """Its values; of what somebody chose or answered (class B) only that it was another."""
    if row is None:
        return None
    record = REGISTER[row._meta.label]
    told = {
        name: None if (value := row.serializable_value(name)) is None else str(value)
        for name in record.fields(Kind.A)
        if name != "id" or "id" in IDENTITY[type(row)]
    }
    private = [name for name in record.fields(Kind.B) if _differs(name, row, other)]
    return told | ({"other": private} if private else {})


def _differs(name: str, row: Any, other: Any) -> bool:
    return other is None or getattr(row, name) != getattr(other, name)


def _tables(rows: MemoryRows) -> Iterator[tuple[Any, list[Any]]]:
    yield ModuleProgress, list(rows.modules.values())
    yield PartProgress, list(rows.parts.values())
    yield Attempt, list(rows.attempts.values())
    yield Acknowledgement, list(rows.acknowledgements.values())
    yield CaseReading, list(rows.readings.values())


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
