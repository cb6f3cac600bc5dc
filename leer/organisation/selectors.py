"""Questions about the organisation."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from leer.accounts.models import User
from leer.organisation.models import Leadership, Membership, Team


def teams_led_by(user: User, *, on: date | None = None) -> QuerySet[Team]:
    """The active teams this person leads on that day (today)."""
    leading = Leadership.objects.on(on or timezone.localdate()).filter(user=user)
    return Team.objects.filter(active=True, pk__in=leading.values("team"))


def team_led_by(user: User, public_id: UUID) -> Team:
    """This team, if this person leads it now.

    Raises ``Team.DoesNotExist`` alike when the team is another's and when there is none.
    """
    return teams_led_by(user).get(public_id=public_id)


def leaders(*, on: date | None = None) -> QuerySet[User]:
    """Everybody who leads an active team on that day (today)."""
    leading = Leadership.objects.on(on or timezone.localdate()).filter(team__active=True)
    return User.objects.filter(is_active=True, pk__in=leading.values("user"))


def members_of(team: Team, *, on: date | None = None) -> QuerySet[Membership]:
    """Who is in the team on that day (today), by last name; people still active only."""
    return (
        Membership.objects.on(on or timezone.localdate())
        .filter(team=team, user__is_active=True)
        .select_related("user", "job_function")
        .order_by("user__last_name", "user__first_name", "user_id")
    )


def people_in(teams: Iterable[Team], *, on: date | None = None) -> QuerySet[User]:
    """Everybody who is in one of these teams on that day (today)."""
    memberships = Membership.objects.on(on or timezone.localdate()).filter(team__in=teams)
    return User.objects.filter(is_active=True, pk__in=memberships.values("user"))
