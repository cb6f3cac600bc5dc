"""What somebody had to do is taken back, or given back, by hand.

Each in one transaction that holds the programme's row and the assignment's: of two who do the same
the second finds that it was done. A completion that was earned stays what it is.
"""

from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.rollout.events import was_assigned, was_withdrawn
from leer.rollout.giving import Grant, give
from leer.rollout.models import Assignment, Programme, Trail, TrailKind, Withdrawal
from leer.rollout.running.comparing import compare_some
from leer.rollout.running.deciding import Why
from leer.xapi import api as xapi


class AlreadyDone(Exception):
    """Somebody else was first."""


class ForEverybody(Exception):
    """A base module is the floor: nobody goes without it."""


def may_withdraw(by: User, user: User) -> bool:
    """The programme, but nobody about themselves."""
    return by.is_active and by.has_role(Role.PROGRAMME) and by.pk != user.pk


def is_floor(assignment: Assignment) -> bool:
    """The first round of a base module. Who did that may be spared a later one."""
    live = content.modules().get(assignment.module_key)
    return assignment.round == 1 and live is not None and live.for_everyone


@transaction.atomic
def withdraw(
    assignment: Assignment, *, reason: str, by: User, at: datetime | None = None
) -> Withdrawal:
    """This person need not do this, in this round. Raises ``AlreadyDone``, ``ForEverybody``."""
    moment = at or timezone.now()
    programme = _programme_of(assignment)
    held = _held(assignment, by)
    held.withdrawn_at = moment
    held.save(update_fields=["withdrawn_at"])
    made = Withdrawal.objects.create(
        user=held.user,
        programme=programme,
        module_key=held.module_key,
        round=held.round,
        due_on=held.due_on,
        reason=reason,
        taken_by=by,
        taken_at=moment,
    )
    _tell(made)
    return made


def _programme_of(assignment: Assignment) -> Programme | None:
    """The one that brought it, held before anything else, as by whoever compares."""
    rows = Programme.objects.select_for_update(no_key=True, of=("self",))
    return rows.filter(waves__assignments=assignment).first()


def _held(assignment: Assignment, by: User) -> Assignment:
    """This one, locked, if it still stands and this person may take it back."""
    rows = Assignment.objects.select_for_update(no_key=True, of=("self",))
    held: Assignment = rows.select_related("user").get(pk=assignment.pk)
    if not may_withdraw(by, held.user):
        raise PermissionDenied
    if held.withdrawn_at:
        raise AlreadyDone
    if is_floor(held):
        raise ForEverybody
    return held


def _tell(made: Withdrawal) -> None:
    """To the ledger; and where a programme brought it, in what it did to whom."""
    programme = made.programme
    actor, plan = made.user.actor_name, str(programme.public_id) if programme else made.module_key
    xapi.append([was_withdrawn(actor, plan, made.module_key, made.public_id, made.taken_at)])
    if programme:
        Trail.objects.create(
            programme=programme,
            user=made.user,
            module_key=made.module_key,
            kind=TrailKind.WITHDRAWN,
            reason=Why.BY_HAND,
            at=made.taken_at,
        )


@transaction.atomic
def give_back(
    withdrawal: Withdrawal, *, because: str, by: User, at: datetime | None = None
) -> Withdrawal:
    """It was a mistake to take it back: it is to do again, with time to do it. From a programme
    somebody gets it as far as it fits them now. Raises ``AlreadyDone``.
    """
    moment = at or timezone.now()
    programme = withdrawal.programme
    if programme:
        Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    held = _held_withdrawal(withdrawal, by)
    held.ended_at, held.ended_by, held.ended_because = moment, by, because
    held.save(update_fields=["ended_at", "ended_by", "ended_because"])
    if programme:
        compare_some(programme, [held.user_id], timezone.localdate(moment), at=moment)
    else:
        _assign_again(held, moment)
    return held


def _held_withdrawal(withdrawal: Withdrawal, by: User) -> Withdrawal:
    rows = Withdrawal.objects.select_for_update(no_key=True, of=("self",))
    held: Withdrawal = rows.select_related("user").get(pk=withdrawal.pk)
    if not may_withdraw(by, held.user):
        raise PermissionDenied
    if held.ended_at:
        raise AlreadyDone
    return held


def _assign_again(held: Withdrawal, moment: datetime) -> None:
    """What was given by hand: the last day is what it was, or leaves the days of the module."""
    due_on = max(held.due_on, fresh(held.module_key, timezone.localdate(moment)))
    grant = Grant(held.user_id, held.module_key, due_on, round=held.round)
    if give([grant], reason=held.ended_because, at=moment):
        due = due_on.isoformat()
        xapi.append([was_assigned(held.user.actor_name, held.module_key, due, moment, again=True)])


def fresh(module_key: str, today: date) -> date:
    """The last day for who gets this module today."""
    live = content.modules().get(module_key)
    return today + timedelta(days=live.days_to_complete if live else 0)
