"""Standing in for a leader: asked by the leader, for a period, and over by itself."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leer.accounts.models import User
from leer.accounts.roles import Role
from leer.organisation.models import Deputyship, Team
from leer.organisation.selectors import teams_led_by

LONGEST = timedelta(days=183)

# For ``leer.accounts.roles.HELD_FOR_A_TIME``: ``Deputyship.objects.on`` in SQL. Who stands in is a
# manager in these days.
HOLDS_ROLE = f"""
    select '{Role.MANAGER}' from organisation_deputyship deputy
    join organisation_leadership lead
        on lead.team_id = deputy.team_id and lead.user_id = deputy.appointed_by_id
    where deputy.user_id = one.id and deputy.ended_at is null
        and deputy.valid_from <= today.day and deputy.valid_until > today.day
        and lead.valid_from <= today.day
        and (lead.valid_until is null or lead.valid_until > today.day)
"""  # noqa: S608 (nothing in it is from outside)


@transaction.atomic
def appoint(team: Team, deputy: User, *, by: User, first_day: date, last_day: date) -> Deputyship:
    """``deputy`` stands in for ``by`` in these days, both included. Only who leads the team may
    ask; raises ``ValidationError`` in words when it cannot be.
    """
    _demand_leader(team, by)
    Team.objects.select_for_update().get(pk=team.pk)
    until = last_day + timedelta(days=1)
    _check(team, deputy, first_day, until)
    return Deputyship.objects.create(
        team=team, user=deputy, appointed_by=by, valid_from=first_day, valid_until=until
    )


def end(deputyship: Deputyship, *, by: User) -> None:
    """From now on nobody stands in any more; ending it twice changes nothing. For who leads the
    team, and for an administrator.
    """
    if not by.has_role(Role.ADMINISTRATOR):
        _demand_leader(deputyship.team, by)
    Deputyship.objects.filter(pk=deputyship.pk, ended_at__isnull=True).update(
        ended_by=by, ended_at=timezone.now()
    )


def _demand_leader(team: Team, user: User) -> None:
    if not teams_led_by(user).filter(pk=team.pk).exists():
        raise PermissionDenied


def _check(team: Team, deputy: User, first_day: date, until: date) -> None:
    if first_day < timezone.localdate():
        raise ValidationError({"first_day": _("Kies vandaag of een latere dag.")})
    if until <= first_day:
        raise ValidationError({"last_day": _("De laatste dag is niet voor de eerste.")})
    if until - first_day > LONGEST:
        raise ValidationError({"last_day": _("Vervangen kan hooguit een half jaar achter elkaar.")})
    if teams_led_by(deputy).filter(pk=team.pk).exists():
        raise ValidationError(_("Deze collega leidt het team al."))
    asked = Deputyship.objects.not_over(first_day).filter(team=team, user=deputy)
    if asked.filter(valid_from__lt=until).exists():
        raise ValidationError(_("Deze collega vervangt je al in die dagen."))
