"""Exemptions: given with a reason, taken back, and told to the ledger once.

Each in one transaction that holds the programme's row: two who give the same take turns, and the
second finds nothing to do. What follows for the people is decided there too, so that nobody is
reminded of what they need not do.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone

from leer.accounts.models import User
from leer.organisation.models import JobFunction, Membership, Team
from leer.rollout.events import was_waived, was_waived_no_longer
from leer.rollout.models import Exemption, Programme
from leer.rollout.programmes.audience import WHOLE
from leer.rollout.running.comparing import compare_some
from leer.xapi import api as xapi


@dataclass(frozen=True, slots=True)
class Grounds:
    """From what (the whole, or one module), why, and up to and including which day, if any."""

    reason: str
    module_key: str = WHOLE
    until: date | None = None


# Whom ---------------------------------------------------------------------------------------------
def people_called(text: str) -> list[User]:
    """Who is meant by a number of the personnel system, an address, a user name or a whole name."""
    full = Concat("first_name", Value(" "), "last_name")
    found = User.objects.filter(is_active=True).annotate(full=full)
    known = Q(external_id=text) | Q(username__iexact=text) | Q(email__iexact=text)
    return list(found.filter(known)) or list(found.filter(full__iexact=text).order_by("pk"))


def members(
    *,
    team: Team | None = None,
    job_function: JobFunction | None = None,
    region: str = "",
) -> list[User]:
    """Who works there now, by name; all that is given must hold of their work."""
    placed = Membership.objects.on(timezone.localdate())
    placed = placed.filter(team=team) if team else placed
    placed = placed.filter(job_function=job_function) if job_function else placed
    placed = placed.filter(team__region=region) if region else placed
    found = User.objects.filter(is_active=True, pk__in=placed.values("user"))
    return list(found.order_by("last_name", "first_name", "pk"))


# Given and taken back -----------------------------------------------------------------------------
@transaction.atomic
def exempt(
    programme: Programme,
    users: Collection[User],
    grounds: Grounds,
    *,
    by: User,
    at: datetime | None = None,
) -> list[Exemption]:
    """Exempt these people; returns the exemptions that are new. Who has the same already keeps
    that, and nobody exempts themselves.
    """
    moment = at or timezone.now()
    _hold(programme)
    _close_what_is_over(programme, timezone.localdate(moment))
    open_ = Exemption.objects.filter(programme=programme, ended_at__isnull=True)
    has = set(open_.filter(module_key=grounds.module_key).values_list("user", flat=True))
    new = [user for user in users if user.pk not in has and user.pk != by.pk]
    made = Exemption.objects.bulk_create(
        Exemption(
            programme=programme,
            user=user,
            module_key=grounds.module_key,
            reason=grounds.reason,
            until=grounds.until,
            given_by=by,
            given_at=moment,
        )
        for user in new
    )
    _tell(programme, new, grounds, moment)
    _compare(programme, [user.pk for user in new], moment)
    return made


@transaction.atomic
def take_back(
    programme: Programme,
    exemptions: Collection[int],
    *,
    because: str,
    by: User,
    at: datetime | None = None,
) -> int:
    """These (primary keys) hold no longer, and their people get what fits; returns how many of
    them had not ended already. Nobody takes back what is their own.
    """
    moment = at or timezone.now()
    _hold(programme)
    _close_what_is_over(programme, timezone.localdate(moment))
    rows = Exemption.objects.filter(programme=programme, pk__in=exemptions, ended_at__isnull=True)
    held = list(rows.exclude(user=by).select_related("user"))
    ended: int = Exemption.objects.filter(pk__in=[row.pk for row in held]).update(
        ended_at=moment, ended_by=by, ended_because=because
    )
    _tell_no_longer(programme, held, moment)
    _compare(programme, {row.user_id for row in held}, moment)
    return ended


def _hold(programme: Programme) -> None:
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)


def _close_what_is_over(programme: Programme, day: date) -> None:
    """An exemption whose last day is past ended in the night after it, by nobody's hand."""
    over = Exemption.objects.filter(programme=programme, ended_at__isnull=True, until__lt=day)
    for until in {row.until for row in over if row.until}:
        night = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
        over.filter(until=until).update(ended_at=night)


def _tell(programme: Programme, users: Sequence[User], grounds: Grounds, moment: datetime) -> None:
    key, until = grounds.module_key, grounds.until
    xapi.append(
        [was_waived(user.actor_name, programme.public_id, key, until, moment) for user in users]
    )


def _tell_no_longer(programme: Programme, rows: Iterable[Exemption], moment: datetime) -> None:
    xapi.append(
        [
            was_waived_no_longer(row.user.actor_name, programme.public_id, row.module_key, moment)
            for row in rows
        ]
    )


def _compare(programme: Programme, users: Collection[int], moment: datetime) -> None:
    if users:
        compare_some(programme, users, timezone.localdate(moment), at=moment)
