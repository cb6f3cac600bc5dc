"""Where people were with their modules on a day, as Leer knew it on a day.

Two times, which have nothing to do with each other: when something happened, and when it was
recorded. A day that is asked about today and again in ten years gives the same answer, for the
same day of knowing: of assignments everything that they ever said is kept
(``AssignmentRecord``), and of what was done the ledger. What was forgotten meanwhile (retention,
erasure) cannot be told any more: a completion never is, that somebody had begun may be.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from leer.accounts.models import User
from leer.progress.api import stay_of, stays_known
from leer.rollout.models import AssignmentRecord
from leer.rollout.selectors import State, state_of


@dataclass(frozen=True)
class Asked:
    """A module that somebody had to do on a day: where they were with it, and its last day."""

    state: State
    due_on: date
    round: int


def asked_on(
    people: Collection[User], day: date, *, known_on: date | None = None
) -> dict[tuple[int, str], Asked]:
    """By person and module what these people had to do at the end of this day, by what was known at
    the end of ``known_on`` (today). A module that is not there was not assigned. Two queries.
    """
    happened, recorded = _night(day), _night(known_on or timezone.localdate())
    said = AssignmentRecord.objects.filter(user__in=people, recorded_at__lt=recorded)
    given = _latest_rounds(_held(said.order_by("pk"), happened))
    stays = stays_known(
        {user.actor_name: user.pk for user in people},
        {module_key for _user, module_key in given},
        happened_before=happened,
        recorded_before=recorded,
    )
    return {
        key: Asked(
            state_of(row.due_on, stay_of(stays.get(key, ()), row.counts_from), day),
            row.due_on,
            row.round,
        )
        for key, row in given.items()
    }


def _night(day: date) -> datetime:
    """The moment at which this day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def _held(said: Iterable[AssignmentRecord], before: datetime) -> list[AssignmentRecord]:
    """Of each assignment what it said at that moment, if it held. Given and taken back each happen
    at a moment of their own; of two at one moment the one that was recorded later counts.
    """
    last: dict[tuple[int, str, int], tuple[datetime, AssignmentRecord | None]] = {}
    for row in said:
        key = (row.user_id, row.module_key, row.round)
        for at, what in ((row.assigned_at, row), (row.withdrawn_at, None)):
            if at and at < before and (key not in last or at >= last[key][0]):
                last[key] = (at, what)
    return [row for _at, row in last.values() if row]


def _latest_rounds(held: Iterable[AssignmentRecord]) -> dict[tuple[int, str], AssignmentRecord]:
    by_round = sorted(held, key=lambda row: row.round)
    return {(row.user_id, row.module_key): row for row in by_round}
