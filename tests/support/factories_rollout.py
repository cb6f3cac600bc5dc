"""Programmes to roll out."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from leer.accounts.models import User
from leer.organisation.models import Team
from leer.rollout.models import Programme, Seats
from tests.support import factories_risk

MONDAY = date(2027, 1, 4)


def planner() -> User:
    """Who makes programmes and plans."""
    return factories_risk.programme("petra")


def programme(
    *, seats: Sequence[int] = (24,) * 12, regions: Sequence[str] = ("noord",), **values: Any
) -> Programme:
    """A programme of as many weeks as there are seats for; leaders do not go first unless asked."""
    made = Programme.objects.create(
        **{
            "title": "Veilig werken",
            "starts_on": MONDAY,
            "weeks": len(seats),
            "managers_first": False,
            "created_by": planner(),
            **values,
        }
    )
    Seats.objects.bulk_create(
        Seats(programme=made, region=region, week=week, seats=count)
        for region in regions
        for week, count in enumerate(seats)
    )
    return made


def team(name: str, region: str = "noord") -> Team:
    """A team there."""
    return Team.objects.create(external_id=name, name=name, region=region)
