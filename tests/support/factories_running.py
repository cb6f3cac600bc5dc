"""Programmes that run, in domain words."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from leer.accounts.api import Role, User
from leer.organisation.models import Team
from leer.progress.models import ModuleProgress
from leer.rollout.models import (
    AudienceRule,
    Exemption,
    Programme,
    ProgrammeItem,
    ProgrammeState,
    Wave,
    WaveTeam,
)
from tests.support import factories_content as make

MONDAY = date(2026, 11, 2)


def noon(day: date) -> datetime:
    """The middle of a day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def planner() -> User:
    """The one person of the programme."""
    found = User.objects.filter(username="planner").first()
    return found or make.user_with(Role.EMPLOYEE, Role.PROGRAMME, name="planner")


def programme(*modules: str, everybody: bool = True, **values: Any) -> Programme:
    """A programme that runs, with these modules, for everybody unless told otherwise."""
    values = {
        "title": "Weerbaar",
        "starts_on": MONDAY,
        "state": ProgrammeState.RUNNING,
        "managers_first": False,
    } | values
    made: Programme = Programme.objects.create(created_by=planner(), **values)
    for position, key in enumerate(modules):
        ProgrammeItem.objects.create(programme=made, module_key=key, position=position)
    if everybody:
        AudienceRule.objects.create(programme=made)
    return made


def wave(of: Programme, number: int, *teams: Team, **values: Any) -> Wave:
    """A wave with these teams; opens with the programme, or so many days after it."""
    days = values.pop("days", 0)
    opens_on = of.starts_on + timedelta(days=days)
    made = Wave.objects.create(programme=of, number=number, opens_on=opens_on, **values)
    for team in teams:
        WaveTeam.objects.create(programme=of, wave=made, team=team)
    return made


def exempt(of: Programme, user: User, *, on: date | None = None) -> Exemption:
    """Somebody need not take part, since now or since a day."""
    made = Exemption.objects.create(
        programme=of, user=user, reason="Werkt elders.", given_by=planner()
    )
    if on:
        Exemption.objects.filter(pk=made.pk).update(given_at=noon(on))
    return made


def progress_of(user: User, module_key: str, *, done: bool = False) -> ModuleProgress:
    """Somebody began a module, or did it."""
    moment = noon(MONDAY)
    return ModuleProgress.objects.create(
        user=user,
        module_key=module_key,
        registration=user.actor_name,
        started_at=moment,
        completed_at=moment if done else None,
    )
