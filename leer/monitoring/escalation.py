"""What a leader hears when people of the team are past the date: how many, never who.

Once a week, as a line of the leader's own digest. Who it is stands on the page of the team,
where a leader sees *te doen, gedaan, verlopen* anyway (class A).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Value
from django.db.models.functions import Coalesce

from cursussen import api as content
from leer.organisation.models import Leadership, Membership
from leer.progress import api as progress
from leer.rollout.api import Assignment

MONDAY = 0
EVER = Value(datetime(1900, 1, 1, tzinfo=UTC))  # a first round counts whenever it was done


@dataclass(frozen=True)
class Behind:
    """A team, and how many of its people are past the last day of something."""

    team: str
    public_id: UUID
    people: int


def behind_by_leader(day: date) -> dict[int, list[Behind]]:
    """Per leader the own teams that are behind; on Mondays, and nobody on other days. Three
    queries for all.
    """
    if day.weekday() != MONDAY:
        return {}
    counts = _people_behind(day)
    found: dict[int, list[Behind]] = {}
    leading = Leadership.objects.on(day).filter(team__in=counts, team__active=True)
    for row in leading.select_related("team").order_by("user_id", "team__name"):
        team = Behind(row.team.name, row.team.public_id, counts[row.team_id])
        found.setdefault(row.user_id, []).append(team)
    return found


def _people_behind(day: date) -> dict[int, int]:
    """Per team how many people have something that is past its last day and not done."""
    done = progress.ModuleProgress.objects.filter(
        completed_at__gte=Coalesce(OuterRef("counts_from"), EVER),
        user=OuterRef("user"),
        module_key=OuterRef("module_key"),
    )
    overdue = Assignment.objects.now().filter(
        ~Exists(done),
        user=OuterRef("user"),
        due_on__lt=day,
        module_key__in=list(content.modules()),
    )
    placed = Membership.objects.on(day).filter(Exists(overdue), user__is_active=True)
    return dict(placed.values_list("team").annotate(people=Count("pk")).order_by())
