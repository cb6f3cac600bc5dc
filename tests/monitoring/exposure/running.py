"""A programme that runs, some weeks on: teams, a plan that holds, and who is done."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from leer.accounts.api import User
from leer.organisation.models import Team
from leer.progress.models import ModuleProgress
from leer.rollout.models import (
    AudienceRule,
    Booking,
    PlanState,
    Programme,
    ProgrammeItem,
    ProgrammeState,
    RolloutPlan,
)
from tests.support import factories_risk
from tests.support.factories_organisation import MembershipFactory, TeamFactory
from tests.support.factories_risk import noon
from tests.support.factories_rollout import planner

MONDAY = date(2026, 1, 5)
BEFORE = MONDAY - timedelta(days=40)
MODULE = "herken"


def sunday(week: int) -> date:
    """The last day of a week of the programme."""
    return MONDAY + timedelta(weeks=week, days=6)


def programme(**values: Any) -> Programme:
    """For everybody, with one module."""
    made: Programme = Programme.objects.create(
        **{
            "title": "Weerbaar",
            "starts_on": MONDAY,
            "weeks": 10,
            "state": ProgrammeState.RUNNING,
            "created_by": planner(),
            **values,
        }
    )
    ProgrammeItem.objects.create(programme=made, module_key=MODULE)
    AudienceRule.objects.create(programme=made)
    return made


def team(level: int | None, people: int, region: str = "West", name: str = "") -> Team:
    """So many people, and all of the five levels the same (``None``: no profile)."""
    names = {"name": name} if name else {}
    made: Team = TeamFactory(region=region, **names)
    MembershipFactory.create_batch(people, team=made)
    if level is not None:
        factories_risk.approved(made, level, on=BEFORE)
    return made


def members(of: Team) -> list[User]:
    """Everybody who was ever in it, in order of coming."""
    return [one.user for one in of.memberships.select_related("user").order_by("pk")]


def done(users: Iterable[User], day: date, module: str = MODULE) -> None:
    """They did the module that day."""
    for user in users:
        ModuleProgress.objects.create(
            user=user,
            module_key=module,
            registration=uuid4(),
            started_at=noon(day),
            completed_at=noon(day),
        )


def plan(of: Programme, sessions: Iterable[tuple[Team, int, int]], **values: Any) -> RolloutPlan:
    """A plan with these sessions (team, week, people) that holds since before the beginning."""
    made = RolloutPlan.objects.create(
        **{
            "programme": of,
            "number": 1,
            "method": "greedy",
            "risk_on": BEFORE,
            "input": {},
            "output": {"shortages": []},
            "made_at": noon(BEFORE),
            "state": PlanState.ADOPTED,
            "adopted_at": noon(BEFORE),
            **values,
        }
    )
    Booking.objects.bulk_create(
        Booking(plan=made, team=team, week=week, people=people) for team, week, people in sessions
    )
    return made
