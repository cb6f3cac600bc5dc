"""Delivering what a target does not have yet: one worker at a time, each step kept at once.

The lock is one of PostgreSQL's advisory locks, held by the session and not by a transaction:
a transaction that stays open while a target thinks would hold back the horizon of the whole
ledger. Should the lock be lost with its connection, the position tells: it moves only from
where this worker left it.
"""

import logging
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import Enum, auto

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from leer.xapi.forwarding.parcels import Parcel, parcels
from leer.xapi.forwarding.sending import Answer, Line, TargetUnwell, Verdict
from leer.xapi.models import ForwardRefusal, ForwardTarget
from leer.xapi.transfer import reading
from leer.xapi.transfer.wanted import Wish

log = logging.getLogger(__name__)
BUDGET = 20.0  # seconds that one run takes, before others get a turn
FIRST_WAIT, LONGEST_WAIT = 10.0, 3600.0  # seconds
MOST_REFUSED = 25  # in a row: then it is not the statements
LOCK = 0x666F_7277  # which advisory locks are those of targets

type Tell = Callable[[int], None]


class Outcome(Enum):
    """How a run ended."""

    UP_TO_DATE = auto()
    MORE = auto()  # the budget is used; there is more to deliver
    UNWELL = auto()  # the target; the row says why and when to try again
    IDLE = auto()  # paused, removed, not due yet, or another worker has it


class Stopped(Exception):
    """The target was paused or removed meanwhile, or another worker moved its position."""


class OutOfTime(Exception):
    """The budget is used."""


def deliver(
    target_id: int, *, seconds: float = BUDGET, early: bool = False, tell: Tell | None = None
) -> Outcome:
    """Deliver what there is, for so many seconds.

    ``early`` tries before ``try_again_at`` too. ``tell`` hears how many statements were just
    taken or set aside. Trouble with the target is kept in its row, not raised.
    """
    with held(target_id) as is_mine:
        target = ForwardTarget.objects.filter(pk=target_id, paused_at=None).first()
        if not is_mine or target is None or (not early and _must_wait(target)):
            return Outcome.IDLE
        return Delivery(target, time.monotonic() + seconds, tell or _tell_nobody).run()


def _must_wait(target: ForwardTarget) -> bool:
    return target.try_again_at is not None and target.try_again_at > timezone.now()


def _tell_nobody(count: int) -> None:
    """Nobody is watching."""


@contextmanager
def held(target_id: int) -> Iterator[bool]:
    """Hold the target's lock; PostgreSQL lets go of it when this process dies."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s, %s)", [LOCK, target_id])
        is_mine = cursor.fetchone()[0]
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s, %s)", [LOCK, target_id])


class Delivery:
    """One run for one target. ``until`` is on the monotonic clock."""

    def __init__(self, target: ForwardTarget, until: float, tell: Tell) -> None:
        self._target, self._until, self._tell = target, until, tell
        self._row = ForwardTarget.objects.filter(pk=target.pk)
        self._position = target.position
        self._has_moved = False
        self._refused = 0  # in a row

    def run(self) -> Outcome:
        """Portion by portion, until the ledger ends or the time does."""
        try:
            return self._run(Line(self._target), Wish.of(self._target))
        except OutOfTime:
            return Outcome.MORE
        except Stopped:
            return Outcome.IDLE
        except TargetUnwell as trouble:
            back_off(self._target.pk, trouble)
            return Outcome.UNWELL

    def _run(self, line: Line, wish: Wish) -> Outcome:
        while True:
            portion = reading.portion(
                after=self._position, before=reading.horizon(), count=self._target.batch_size
            )
            for parcel in parcels(wish.pick(portion.statements), self._target.batch_size):
                self._send(line, parcel)
            self._move(portion.through)
            if portion.is_last:
                return Outcome.UP_TO_DATE
            self._go_on()

    def _send(self, line: Line, parcel: Parcel) -> None:
        """In halves, when the target will not have the whole; the one that it will not have is
        set aside.
        """
        self._go_on()
        answer = line.post(parcel)
        if answer.verdict is Verdict.TAKEN:
            self._taken(parcel)
        elif len(parcel.statements) > 1:
            for half in parcel.halves():
                self._send(line, half)
        else:
            self._set_aside(parcel, answer)

    def _go_on(self) -> None:
        """Raises when the time is over or the target was paused. Something is always done first:
        else a slow target would never get past the halves.
        """
        if self._has_moved and time.monotonic() > self._until:
            raise OutOfTime
        if not self._row.filter(paused_at=None).exists():
            raise Stopped

    def _taken(self, parcel: Parcel) -> None:
        self._refused = 0
        self._move_delivered(parcel)
        self._tell(len(parcel.statements))

    def _set_aside(self, parcel: Parcel, answer: Answer) -> None:
        """Keep the refusal; an id that is there already counts as delivered."""
        with transaction.atomic():
            if answer.verdict is Verdict.KNOWN:
                self._refused = 0
                self._move_delivered(parcel)
            else:
                self._refused += 1
                self._move(parcel.last_place)
            keep_refusal(self._target.pk, parcel, answer)
        self._tell(1)
        if self._refused >= MOST_REFUSED:
            said = f"{answer.status}: {answer.text}"
            raise TargetUnwell(f"{MOST_REFUSED} statements in a row were refused: {said}")

    def _move_delivered(self, parcel: Parcel) -> None:
        self._move(
            parcel.last_place,
            delivered=F("delivered") + len(parcel.statements),
            last_delivered_at=timezone.now(),
            failures=0,
            last_error="",
            try_again_at=None,
        )

    def _move(self, place: int, **also: object) -> None:
        """Keep how far it is, unless somebody else did meanwhile."""
        if place == self._position:
            return
        if not self._row.filter(position=self._position).update(position=place, **also):
            raise Stopped
        self._position, self._has_moved = place, True


def keep_refusal(target_id: int, parcel: Parcel, answer: Answer) -> None:
    """Note that the target did not take this one statement."""
    [statement] = parcel.statements
    ForwardRefusal.objects.update_or_create(
        target_id=target_id,
        statement_id=statement.id,
        defaults={
            "status": answer.status,
            "answer": answer.text,
            "refused_at": timezone.now(),
        },
    )
    log.info("target %s answered %s for %s", target_id, answer.status, statement.id)


def back_off(target_id: int, trouble: TargetUnwell) -> None:
    """Note the trouble, and wait: twice as long each time, or what the target asks for.

    A little less than that at random, so that what failed together does not come together.
    """
    row = ForwardTarget.objects.filter(pk=target_id)
    failures = row.values_list("failures", flat=True).first() or 0
    longest = min(FIRST_WAIT * 2 ** min(failures, 20), LONGEST_WAIT)
    wait = max(longest * random.uniform(0.75, 1), trouble.wait)  # noqa: S311 (no secret)
    row.update(
        failures=failures + 1,
        last_error=str(trouble)[:500],
        try_again_at=timezone.now() + timedelta(seconds=wait),
    )
    log.warning("target %s is unwell, try %s (its row tells why)", target_id, failures + 1)
