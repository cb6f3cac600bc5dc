"""Assigning modules to people: in bulk, and never twice."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.organisation.models import Membership
from leer.rollout.events import was_assigned
from leer.rollout.giving import Grant, give
from leer.rollout.models import Assignment
from leer.xapi import api as xapi


@transaction.atomic
def assign(
    users: Iterable[User],
    *,
    module_key: str,
    due_on: date,
    reason: str,
    at: datetime | None = None,
) -> int:
    """Assign a module to people who do not have it yet; returns to how many.

    Raises ``UnknownModule`` when there is no such live module.
    """
    content.module(module_key)
    return _assign_each([(user, due_on) for user in users], module_key, reason, at)


@transaction.atomic
def assign_base_modules(*, on: date | None = None) -> int:
    """The floor: everybody gets every base module, with time from the day they joined.

    Safe to run at any moment; returns how many assignments were new.
    """
    today = on or timezone.localdate()
    return sum(
        _assign_each(_joiners(module, today), module.key, "Basismodule: iedereen krijgt deze", None)
        for module in content.modules().values()
        if module.for_everyone
    )


def _joiners(module: content.Module, today: date) -> list[tuple[User, date]]:
    """People in a team who lack the module, and their last day: counted from today for those
    who were here already, from their first day for those who have yet to come.
    """
    has = Assignment.objects.filter(module_key=module.key).values("user")
    memberships = (
        Membership.objects.open()
        .filter(user__is_active=True)
        .exclude(user__in=has)
        .select_related("user")
    )
    time_given = timedelta(days=module.days_to_complete)
    return [
        (membership.user, max(membership.valid_from, today) + time_given)
        for membership in memberships
    ]


def _assign_each(
    people: list[tuple[User, date]], module_key: str, reason: str, at: datetime | None
) -> int:
    moment = at or timezone.now()
    actors = {user.pk: user.actor_name for user, _ in people}
    grants = [Grant(user.pk, module_key, due_on) for user, due_on in people]
    new = give(grants, reason=reason, at=moment)
    xapi.append(
        [
            was_assigned(actors[grant.user], module_key, grant.due_on.isoformat(), moment)
            for grant in new
        ]
    )
    return len(new)
