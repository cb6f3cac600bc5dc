"""An editor says that a change asks for a new round; a second person says that it is so."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.core.background.queue import enqueue_once
from leer.rollout.models import Renewal, RenewalState
from leer.rollout.renewing.reaching import Aim

GIVE = "leer.rollout.tasks.give_renewal"


class AlreadyProposed(Exception):
    """Of this module one is waiting already."""


class AlreadyDecided(Exception):
    """Somebody else was first."""


def propose(aim: Aim, *, news: str, days: int, by: User) -> Renewal:
    """Ask for a new round; nothing follows yet. Raises ``AlreadyProposed``."""
    waiting = Renewal.objects.filter(module_key=aim.module_key, state=RenewalState.PROPOSED)
    _check_role(by, Role.EDITOR, Role.CHIEF_EDITOR)
    if waiting.exists():
        raise AlreadyProposed
    return Renewal.objects.create(
        module_key=aim.module_key,
        news=news,
        done_before=aim.done_before,
        regions=list(aim.regions),
        job_functions=list(aim.job_functions),
        days=days,
        proposed_by=by,
    )


def may_decide(user: User, renewal: Renewal) -> bool:
    """The chief editors, but not about what they asked for themselves."""
    return (
        renewal.state == RenewalState.PROPOSED
        and user.is_active
        and user.has_role(Role.CHIEF_EDITOR)
        and user.pk != renewal.proposed_by_id
    )


@transaction.atomic
def approve(renewal: Renewal, *, by: User, at: datetime | None = None) -> Renewal:
    """It holds, and the job that gives it is asked for in the same transaction."""
    held = _held(renewal, by)
    held.state, held.decided_by, held.decided_at = RenewalState.APPROVED, by, at or timezone.now()
    held.save()
    enqueue_once(GIVE, key=job_key(held), kwargs={"renewal": held.pk})
    return held


@transaction.atomic
def refuse(renewal: Renewal, *, reason: str, by: User, at: datetime | None = None) -> Renewal:
    """It does not; who asked reads why."""
    held = _held(renewal, by)
    held.state, held.decided_by, held.decided_at = RenewalState.REFUSED, by, at or timezone.now()
    held.refusal = reason
    held.save()
    return held


def job_key(renewal: Renewal) -> str:
    """The job that gives it."""
    return f"renewal:{renewal.pk}"


def _held(renewal: Renewal, by: User) -> Renewal:
    """This one, locked; decided once, by a second person."""
    held = Renewal.objects.select_for_update(no_key=True).get(pk=renewal.pk)
    if held.state != RenewalState.PROPOSED:
        raise AlreadyDecided
    if not may_decide(by, held):
        raise PermissionDenied
    return held


def _check_role(user: User, *roles: Role) -> None:
    if not user.is_active or not user.has_role(*roles):
        raise PermissionDenied
