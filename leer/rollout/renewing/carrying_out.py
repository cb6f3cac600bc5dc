"""A renewal that was approved is given: in portions of people, each a transaction that holds its
row. Killed anywhere, it is begun again and goes on; two at the same time take turns.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from leer.accounts.models import User
from leer.rollout.events import was_assigned_again
from leer.rollout.giving import Grant, give
from leer.rollout.models import Assignment, Renewal, RenewalState
from leer.rollout.renewing.reaching import Aim, people
from leer.xapi import api as xapi

PORTION = 2000
REASON = "Nieuwe ronde: de module is veranderd"


def carry_out(renewal: Renewal, *, report: Callable[[int, int], None] = lambda *_: None) -> int:
    """Everybody who is meant gets the next round; returns how many got it by this call."""
    last, given, total = 0, 0, _meant(renewal).count()
    while some := _give_some(renewal, last):
        last, new = some
        given += new
        report(min(given, total), total)
    Renewal.objects.filter(pk=renewal.pk, given_at=None, state=RenewalState.APPROVED).update(
        given_at=timezone.now()
    )
    return given


def aim_of(renewal: Renewal) -> Aim:
    """Whom it means."""
    return Aim(renewal.module_key, renewal.done_before, renewal.regions, renewal.job_functions)


def _meant(renewal: Renewal) -> "QuerySet[User]":
    """Who is meant today and was not given it: who got it and lost it again stays without."""
    given = Assignment.objects.filter(renewal=renewal).values("user")
    return people(aim_of(renewal), timezone.localdate()).exclude(pk__in=given)


@transaction.atomic
def _give_some(renewal: Renewal, after: int) -> tuple[int, int] | None:
    """The next so many people; up to whom, and how many of them got it. ``None``: nobody is
    left, or it does not hold.
    """
    held = Renewal.objects.select_for_update(no_key=True).get(pk=renewal.pk)
    if held.state != RenewalState.APPROVED or held.due_on is None:
        return None
    rows = _meant(held).filter(pk__gt=after).order_by("pk").values_list("pk", "actor_name")
    actors = dict(rows[:PORTION])
    if not actors:
        return None
    return max(actors), _give(held, actors)


def _give(renewal: Renewal, actors: dict[int, UUID]) -> int:
    assert renewal.due_on is not None
    now, held = timezone.now(), _latest(renewal.module_key, actors)
    grants = [
        Grant(user, renewal.module_key, renewal.due_on, wave, last + 1, renewal.pk)
        for user, (last, wave) in held.items()
    ]
    new = give(grants, reason=REASON, at=now)
    xapi.append(
        [
            was_assigned_again(
                actors[grant.user], renewal.module_key, renewal.public_id, grant.due_on, now
            )
            for grant in new
        ]
    )
    return len(new)


def _latest(module_key: str, users: dict[int, UUID]) -> dict[int, tuple[int, int | None]]:
    """The last round of each, also when it was withdrawn, and the wave whose programme goes on
    looking after it; round 1 for who did the module without being asked.
    """
    found: dict[int, tuple[int, int | None]] = dict.fromkeys(users, (1, None))
    rows = Assignment.objects.filter(user__in=users, module_key=module_key).order_by("round")
    for user, last, wave, withdrawn in rows.values_list(
        "user_id", "round", "wave_id", "withdrawn_at"
    ):
        found[user] = last, None if withdrawn else wave
    return found
