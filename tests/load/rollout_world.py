"""A service with many people and one wave for all of them, made by the shortest way."""

from datetime import date, datetime, time

from django.utils import timezone

from leer.accounts.models import User
from leer.organisation.models import JobFunction, Membership, Team
from leer.rollout.models import (
    AudienceRule,
    Programme,
    ProgrammeItem,
    ProgrammeState,
    Wave,
    WaveTeam,
)
from tests.support import factories_content as content

MONDAY = date(2026, 11, 2)
TEAM = 20
BATCH = 5000


def build(*, people: int, modules: int) -> Wave:
    """A wave that just opened, of a programme for everybody."""
    keys = [f"module-{number}" for number in range(modules)]
    for key in keys:
        content.module(key, parts=False)
    users = _people(people)
    teams = _teams(users)
    programme = Programme.objects.create(
        title="Weerbaar", starts_on=MONDAY, state=ProgrammeState.RUNNING, created_by=users[0]
    )
    AudienceRule.objects.create(programme=programme)
    for key in keys:
        ProgrammeItem.objects.create(programme=programme, module_key=key)
    opened_at = timezone.make_aware(datetime.combine(MONDAY, time(9)))
    wave = Wave.objects.create(programme=programme, number=1, opens_on=MONDAY, opened_at=opened_at)
    WaveTeam.objects.bulk_create(
        WaveTeam(programme=programme, wave=wave, team=team) for team in teams
    )
    return wave


def _people(count: int) -> list[User]:
    new = (User(username=f"p{number}", external_id=f"U{number}") for number in range(count))
    return User.objects.bulk_create(new, batch_size=BATCH)


def _teams(users: list[User]) -> list[Team]:
    function = JobFunction.objects.create(external_id="f", name="Functie")
    count = -(-len(users) // TEAM)
    teams = Team.objects.bulk_create(
        Team(external_id=f"t{number}", name=f"Team {number}", region=f"r{number % 6}")
        for number in range(count)
    )
    Membership.objects.bulk_create(
        (
            Membership(
                user=user,
                team=teams[number // TEAM],
                job_function=function,
                valid_from=date(2020, 1, 1),
            )
            for number, user in enumerate(users)
        ),
        batch_size=BATCH,
    )
    return teams
