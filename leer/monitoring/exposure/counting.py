"""Counting how a programme stands at the end of a day.

The flow, top to bottom: who is in it and since when they are done; the risk of their teams; the
plan that held; a row per region and band; one row for the day. All of it as of that day, so that a
day that is counted again gives the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db import transaction

from leer.monitoring.exposure import curve
from leer.monitoring.exposure.curve import Cell, Promise
from leer.monitoring.exposure.people import Participant, leaders_on, participants
from leer.monitoring.models import ExposureDay, ExposurePoint
from leer.organisation.api import Team
from leer.risk import api as risk
from leer.rollout.models import Booking, Programme, ProgrammeState, RolloutPlan

FACTORS = tuple(risk.Factor)
HIGHEST_LEVEL = 4


def count_exposure(until: date) -> int:
    """Count every running programme up to, not including, this day; returns how many days were
    new. Yesterday, and each Sunday since the beginning that was not counted yet.
    """
    running = Programme.objects.filter(state=ProgrammeState.RUNNING, starts_on__lt=until)
    return sum(
        _count_missing(programme, until - timedelta(days=1)) for programme in running.order_by("pk")
    )


def _count_missing(programme: Programme, last: date) -> int:
    counted = set(programme.exposure.values_list("day", flat=True))
    wanted = [day for day in days_to_count(programme, last) if day not in counted]
    for day in wanted:
        count_day(programme, day)
    return len(wanted)


def days_to_count(programme: Programme, last: date) -> Iterator[date]:
    """The Sundays of the programme up to this day, the one before it begins, and this day."""
    end = programme.starts_on + timedelta(weeks=programme.weeks, days=-1)
    sunday = programme.starts_on - timedelta(days=1)
    while sunday <= min(last, end):
        yield sunday
        sunday += timedelta(weeks=1)
    if last <= end and last.isoweekday() != SUNDAY:
        yield last


SUNDAY = 7


@transaction.atomic
def count_day(programme: Programme, day: date) -> ExposureDay:
    """Count one day, in place of what was counted of it before."""
    counted, points = work_out(programme, day)
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    ExposureDay.objects.filter(programme=programme, day=day).delete()
    counted.save()
    for point in points:
        point.counted = counted
    ExposurePoint.objects.bulk_create(points)
    return counted


def work_out(programme: Programme, day: date) -> tuple[ExposureDay, list[ExposurePoint]]:
    """The rows of a day, as they are counted now; they are not kept."""
    situation = _situation(programme, day)
    points = list(_points(situation))
    return _day(situation, points), points


@dataclass(frozen=True)
class Situation:
    """Everything of one programme on one day; arrays have a row per team, in the order of
    ``teams``.
    """

    programme: Programme
    day: date
    plan: RolloutPlan | None
    people: Mapping[int, Participant]
    teams: tuple[int, ...]
    regions: Mapping[int, str]
    risks: Mapping[int, risk.TeamRisk]
    members: Mapping[int, list[Participant]]
    booked: np.ndarray
    by_plan: np.ndarray

    def band(self, team: int) -> str:
        """Empty for a team without a profile."""
        return self.risks[team].band.value if team in self.risks else ""

    def protected(self, team: int) -> int:
        """How many of a team are protected on the day."""
        weeks = self.programme.refresh_weeks
        return sum(curve.is_protected(one.again_on, self.day, weeks) for one in self.members[team])

    def cell(self, team: int) -> Cell:
        """The people of one team."""
        score = self.risks[team].score if team in self.risks else 0.0
        return Cell.of(len(self.members[team]), self.protected(team), score)


def _situation(programme: Programme, day: date) -> Situation:
    people = participants(programme, day)
    members: dict[int, list[Participant]] = defaultdict(list)
    for one in people.values():
        members[one.team].append(one)
    teams = tuple(sorted(members))
    plan = programme.plans.held_on(day).first()
    booked = curve.booked_matrix(teams, programme.weeks, _bookings(plan))
    sizes = np.array([len(members[team]) for team in teams], dtype=float)
    return Situation(
        programme=programme,
        day=day,
        plan=plan,
        people=people,
        teams=teams,
        regions=dict(Team.objects.filter(pk__in=teams).values_list("pk", "region")),
        risks=risk.scores_on(day),
        members=members,
        booked=booked,
        by_plan=curve.protected_by_plan(sizes, booked, programme.refresh_weeks),
    )


def _bookings(plan: RolloutPlan | None) -> Iterator[tuple[int, int, int]]:
    rows = Booking.objects.filter(plan=plan).values_list("team_id", "week", "people")
    return rows.iterator(chunk_size=10_000)


# By region and band -----------------------------------------------------------------------------
def _points(situation: Situation) -> Iterator[ExposurePoint]:
    """In a fixed order."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, team in enumerate(situation.teams):
        groups[situation.regions[team], situation.band(team)].append(row)
    last_days = {
        band: _last_day(situation.programme, week)
        for band, week in situation.programme.deadlines.values_list("band", "week")
    }
    for (region, band), rows in sorted(groups.items()):
        yield _point(situation, region, band, rows, last_days.get(band))


def _last_day(programme: Programme, week: int) -> date:
    return programme.starts_on + timedelta(weeks=week, days=6)


def _point(
    situation: Situation, region: str, band: str, rows: list[int], last_day: date | None
) -> ExposurePoint:
    teams = [situation.teams[row] for row in rows]
    cell = curve.together(situation.cell(team) for team in teams)
    by_plan = situation.by_plan[rows]
    promise = _in_time(situation, teams, last_day)
    return ExposurePoint(
        region=region,
        band=band,
        teams=len(teams),
        people=cell.people,
        protected=cell.protected,
        risk=cell.risk,
        protected_risk=cell.protected_risk,
        planned_people=by_plan.sum(axis=0).tolist(),
        planned_risk=(_each(situation, teams) @ by_plan).tolist(),
        last_day=last_day,
        expected=promise.expected,
        in_time=promise.in_time,
    )


def _each(situation: Situation, teams: Iterable[int]) -> np.ndarray:
    """What one person of each team counts for."""
    scores = [situation.risks[team].score if team in situation.risks else 0.0 for team in teams]
    return np.array(scores) / curve.HIGHEST_SCORE


def _in_time(situation: Situation, teams: Iterable[int], last_day: date | None) -> Promise:
    """Of those who were there when the programme began; who came later has a term of their own."""
    there = (one for team in teams for one in situation.members[team] if one.joined_on is None)
    return curve.kept(((last_day, one.done_on) for one in there), situation.day)


# The day ----------------------------------------------------------------------------------------
def _day(situation: Situation, points: list[ExposurePoint]) -> ExposureDay:
    cell = curve.together(
        Cell(point.people, point.protected, point.risk, point.protected_risk) for point in points
    )
    low, high, planned_low, planned_high = _spread(situation)
    leaders, joiners = _leaders(situation), _joiners(situation)
    return ExposureDay(
        programme=situation.programme,
        day=situation.day,
        plan=situation.plan,
        people=cell.people,
        protected=cell.protected,
        risk=cell.risk,
        protected_risk=cell.protected_risk,
        low=low,
        high=high,
        planned_low=planned_low,
        planned_high=planned_high,
        leaders=leaders.expected,
        leaders_due=leaders.due,
        leaders_in_time=leaders.in_time,
        joiners=joiners.expected,
        joiners_due=joiners.due,
        joiners_in_time=joiners.in_time,
    )


def _spread(situation: Situation) -> tuple[float, float, list[float], list[float]]:
    """Of what is left on the day, and of what the plan leaves in each week."""
    known = [row for row, team in enumerate(situation.teams) if team in situation.risks]
    teams = [situation.teams[row] for row in known]
    levels = np.array(
        [[situation.risks[team].levels[factor] for factor in FACTORS] for team in teams]
    ).reshape(len(teams), len(FACTORS)) / (HIGHEST_LEVEL * curve.HIGHEST_SCORE)
    sizes = np.array([len(situation.members[team]) for team in teams])
    gone = np.array([situation.protected(team) for team in teams])
    weights = risk.drawn_weights(risk.algorithm().on(situation.day).as_row())
    now = curve.spread((sizes - gone) @ levels, weights)
    planned = curve.spread((sizes[:, None] - situation.by_plan[known]).T @ levels, weights)
    return float(now[0]), float(now[1]), planned[0].tolist(), planned[1].tolist()


def _leaders(situation: Situation) -> Promise:
    """Leaders who take part themselves, by the day before the first session of the first of their
    teams.
    """
    first_week = {
        team: int(np.argmax(situation.booked[row] > 0))
        for row, team in enumerate(situation.teams)
        if situation.booked[row].any()
    }
    last: dict[int, date | None] = {}
    for user, team in leaders_on(situation.day):
        if user in situation.people and team in situation.members:
            mine = _eve(situation.programme, first_week.get(team))
            last[user] = min(filter(None, (mine, last.get(user))), default=None)
    done = ((day, situation.people[user].done_on) for user, day in last.items())
    return curve.kept(done, situation.day)


def _eve(programme: Programme, week: int | None) -> date | None:
    return None if week is None else programme.starts_on + timedelta(weeks=week, days=-1)


def _joiners(situation: Situation) -> Promise:
    """Who came after the programme began has so many days."""
    given = timedelta(days=situation.programme.joiner_days)
    return curve.kept(
        (
            (one.joined_on + given, one.done_on)
            for one in situation.people.values()
            if one.joined_on is not None
        ),
        situation.day,
    )
