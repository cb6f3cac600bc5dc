"""Putting facts in the ledger: all of a request, or nothing of it.

The steps of one write, in one transaction: take part (``lock``), give each fact a place,
claim the ids, and for the facts that are new write the statement, what it is found by, and
what follows from it (references, definitions, attachments).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from uuid import UUID

from django.db import connection, transaction
from msgspec import Struct

from leer.xapi.signals import trusted_statements
from leer.xapi.statements import rewriting
from leer.xapi.statements.checking import Fact
from leer.xapi.statements.comparing import tell_the_same
from leer.xapi.statements.formats import as_text
from leer.xapi.statements.keys import Key, Keys, Kind, keys
from leer.xapi.statements.shape import READ_ACTOR
from leer.xapi.store import database, definitions, echoes, files, tables
from leer.xapi.store.clock import CLOCK, READ
from leer.xapi.store.positions import BITS, Positions, moment_of

POSITIONS = Positions()


class Conflict(Exception):
    """A statement with this id is here already, and says something else."""


class KnownAlready(Exception):
    """Several units, of which one has a statement that is here: write them one by one."""


@dataclass(frozen=True)
class Writer:
    """On whose word facts are written. ``authority`` is an Agent or Group as JSON.

    ``trusted``: they may count for progress. ``defines``: their definitions of activities are
    taken over (scope ``define``).
    """

    authority: bytes
    trusted: bool = False
    defines: bool = True

    @cached_property
    def keys(self) -> frozenset[Key]:
        """What the authority is found by."""
        return keys(Kind.WRITER, READ_ACTOR.decode(self.authority).names)


@dataclass(frozen=True)
class Unit:
    """Facts that are stored together or not at all, from one writer.

    ``private`` are the ids of those that are for one person only, besides the personal ones;
    ``files`` the bytes of attachments by their SHA-2. ``from_outside``: whoever listens to
    ``trusted_statements`` hears of them, if the writer is trusted.
    """

    writer: Writer
    facts: Sequence[Fact]
    private: Collection[UUID] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    from_outside: bool = False

    @property
    def is_plain(self) -> bool:
        """Nothing follows from these but that they are stored."""
        heard = self.from_outside and self.writer.trusted
        return not (heard or self.files) and all(
            fact.targets is None and not (self.writer.defines and definitions.are_new(fact))
            for fact in self.facts
        )


class Placed(Struct, frozen=True, gc=False):
    """A fact with its place in the order."""

    place: int
    fact: Fact
    unit: Unit

    @property
    def is_private(self) -> bool:
        """For one person only."""
        return self.fact.personal or self.fact.id in self.unit.private

    def raw(self) -> bytes:
        """The statement as it will be served."""
        return rewriting.closed(
            self.fact.text,
            has_timestamp=self.fact.has_timestamp,
            stored=_moment(self.place >> BITS),
            authority=self.unit.writer.authority,
        )

    def row(self) -> tables.Row:
        """As it is stored."""
        return tables.Row(
            position=self.place,
            id=self.fact.id,
            private=self.is_private,
            trusted=self.unit.writer.trusted,
            raw=self.raw(),
            keys=self._keys(),
        )

    def _keys(self) -> Keys:
        """A private one is found by its person only, and by no filter."""
        if self.is_private:
            return self.fact.private_keys
        return (*self.fact.keys, self.unit.writer.keys)


@lru_cache(maxsize=64)  # statements of one request share it
def _moment(microseconds: int) -> bytes:
    return as_text(moment_of(microseconds << BITS)).encode()


def write(
    units: Sequence[Unit], *, compare: bool = True, now: int | None = None
) -> frozenset[UUID]:
    """Store these units in one transaction; returns the ids that are new.

    A fact whose id is here already is not written again. With ``compare`` it must say the same:
    raises ``Conflict`` when it does not, and then nothing is stored. Several units must be new
    altogether: raises ``KnownAlready`` when they are not. ``now`` (microseconds since
    1970) is for statements that were stored before, elsewhere.
    """
    try:
        return _write(units, compare=compare, now=now)
    except database.ClockDiffers:
        if connection.in_atomic_block:
            raise
        CLOCK.put_right(database.rows(READ)[0][0])
        return _write(units, compare=compare, now=now)


def _write(units: Sequence[Unit], *, compare: bool, now: int | None) -> frozenset[UUID]:
    if _are_plain(units):
        try:
            return _write_plainly(units)
        except database.NotPlain:
            pass
    return _write_fully(units, compare=compare, now=now)


def _are_plain(units: Sequence[Unit]) -> bool:
    """New statements from outside as most are: few, about an activity that is known, without
    attachments or anybody who listens. They go in one round trip.
    """
    return (
        not connection.in_atomic_block
        and sum(len(unit.facts) for unit in units) <= tables.FEW
        and all(unit.is_plain for unit in units)
    )


def _write_plainly(units: Sequence[Unit]) -> frozenset[UUID]:
    moment = CLOCK.now()
    placed = _place(units, moment, POSITIONS)
    tables.store_plainly([one.row() for one in placed], moment=moment)
    return frozenset(one.fact.id for one in placed)


def _write_fully(units: Sequence[Unit], *, compare: bool, now: int | None) -> frozenset[UUID]:
    # Where a difference is no reason to refuse, nothing goes wrong from which one goes on.
    with transaction.atomic(savepoint=compare):
        moment = CLOCK.now()
        alone = any(fact.targets for unit in units for fact in unit.facts)
        placed = _place(units, now or moment, Positions() if now else POSITIONS)
        claimed = tables.store([one.row() for one in placed], alone=alone, moment=moment)
        known = [one for one in placed if one.place not in claimed]
        if known and len(units) > 1:
            raise KnownAlready
        if known and compare:
            _compare(known)
        fresh = [one for one in placed if one.place in claimed]
        _follow_up(fresh, pointed_at=any(claimed.values()))
    return frozenset(one.fact.id for one in fresh)


def _place(units: Sequence[Unit], now: int, positions: Positions) -> list[Placed]:
    """Each fact at the place that comes next."""
    facts = [(unit, fact) for unit in units for fact in unit.facts]
    places = positions.take(len(facts), now=now)
    return [Placed(place, fact, unit) for place, (unit, fact) in zip(places, facts, strict=True)]


def _compare(known: Sequence[Placed]) -> None:
    rows = database.rows(_STORED, [[one.fact.id for one in known]])
    stored = {identity: (raw, private) for identity, raw, private in rows}
    for one in known:
        raw, private = stored[one.fact.id]
        # What is private is compared with its own writer's words only: nobody can guess it.
        theirs = private and not raw.endswith(one.unit.writer.authority.decode() + "}")
        if theirs or not tell_the_same(raw, one.raw()):
            raise Conflict(f"statement {one.fact.id} is here already and says something else")


_STORED = """
    select known.id, record.raw, record.private from xapi_statementid known
    join xapi_statementrecord record on record.position = known.position
    where known.id = any(%s::uuid[])
"""


def _follow_up(fresh: Sequence[Placed], *, pointed_at: bool) -> None:
    """What follows from statements that are new."""
    for one in fresh:
        if one.fact.targets:
            database.execute(_POINT, [one.place, one.fact.id, one.fact.targets, one.fact.voids])
    files.keep({sha2: body for one in fresh for sha2, body in one.unit.files.items()})
    definitions.learn(
        definition
        for one in fresh
        if one.unit.writer.defines
        for definition in one.fact.definitions
    )
    echoes.follow([(one.place, one.fact) for one in fresh], pointed_at=pointed_at)
    _announce(fresh)


_POINT = (
    "insert into xapi_reference (position, statement_id, target, voids) values (%s, %s, %s, %s)"
)


def _announce(fresh: Sequence[Placed]) -> None:
    heard = [one.raw() for one in fresh if one.unit.from_outside and one.unit.writer.trusted]
    if heard:
        trusted_statements.send(sender=None, statements=heard)
