"""A plan as a calendar: a line per team, a column per week, and a block for each session.

Teams stand by name within their region: the order tells nothing of their risk.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.formats import date_format

from leer.monitoring.exposure.picture import Tick, month_starts
from leer.organisation.api import Team
from leer.rollout.models import Booking, PlanState, Programme, RolloutPlan

TEAMS_A_PAGE = 40
WEEK, ROW, HEAD, NAMES = 20, 26, 44, 290  # pixels


@dataclass(frozen=True)
class Block:
    """What is booked for one team in one week."""

    week: int
    monday: date
    people: int
    x: int


@dataclass
class Line:
    """One team, with its blocks in order."""

    name: str
    number: int
    short: int = 0
    blocks: list[Block] = field(default_factory=list)

    @property
    def y(self) -> int:
        """The top of its row in the picture."""
        return HEAD + ROW * self.number


@dataclass(frozen=True)
class Calendar:
    """One region of a plan, some teams at a time."""

    programme: Programme
    plan: RolloutPlan
    regions: Sequence[str]
    region: str
    lines: list[Line]
    page: "Page[Any]"
    today: date

    @property
    def width(self) -> int:
        """Of the picture."""
        return NAMES + WEEK * self.programme.weeks

    @property
    def height(self) -> int:
        """Of the picture."""
        return HEAD + ROW * len(self.lines)

    @cached_property
    def months(self) -> list[Tick]:
        """Along the top."""
        first = self.programme.starts_on
        last = first + timedelta(weeks=self.programme.weeks)
        return [
            Tick(f"{self._x(day):.1f}", date_format(day, "N y"))
            for day in month_starts(first, last - timedelta(days=28))
        ]

    @property
    def now(self) -> str | None:
        """Where today is, if it is in the programme."""
        x = self._x(self.today)
        return f"{x:.1f}" if NAMES <= x <= self.width else None

    def _x(self, day: date) -> float:
        return NAMES + WEEK * (day - self.programme.starts_on).days / 7


def plan_to_show(programme: Programme, number: int | None) -> RolloutPlan | None:
    """The plan of this number; or else the one that holds, or else the last that was proposed.
    Without what the planner was given, which is large.
    """
    plans = programme.plans.defer("input", "output", "moves")
    if number is not None:
        return plans.filter(number=number).first()
    held = plans.filter(state=PlanState.ADOPTED).first()
    return held or plans.order_by("-number").first()


def calendar_of(
    programme: Programme, plan: RolloutPlan, *, region: str, page: str, today: date
) -> Calendar:
    """In six queries, however many teams there are."""
    booked = Team.objects.filter(pk__in=plan.bookings.values("team"))
    short = _short(plan)
    teams = booked | Team.objects.filter(public_id__in=list(short))
    regions = list(teams.order_by("region").values_list("region", flat=True).distinct())
    here = region if region in regions else next(iter(regions), "")
    some = Paginator(teams.filter(region=here).order_by("name", "pk"), TEAMS_A_PAGE).get_page(page)
    return Calendar(
        programme=programme,
        plan=plan,
        regions=regions,
        region=here,
        lines=_lines(programme, plan, list(some.object_list), short),
        page=some,
        today=today,
    )


def _short(plan: RolloutPlan) -> dict[str, int]:
    """How many people of which team (by public id) have no session."""
    rows = RolloutPlan.objects.filter(pk=plan.pk).values_list("output__shortages", flat=True)
    return {one["team"]: one["people"] for one in rows.first() or []}


def _lines(
    programme: Programme, plan: RolloutPlan, teams: list[Team], short: dict[str, int]
) -> list[Line]:
    people: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for booking in Booking.objects.filter(plan=plan, team__in=teams):
        people[booking.team_id][booking.week] += booking.people
    return [
        Line(
            name=team.name,
            number=number,
            short=short.get(str(team.public_id), 0),
            blocks=[
                Block(
                    week=week,
                    monday=programme.starts_on + timedelta(weeks=week),
                    people=count,
                    x=NAMES + WEEK * week,
                )
                for week, count in sorted(people[team.pk].items())
            ],
        )
        for number, team in enumerate(teams)
    ]
