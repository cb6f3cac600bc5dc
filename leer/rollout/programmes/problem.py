"""From a programme to the problem that the planner solves: the input of ``rollout_plan``.

Teams go by their public ids, so that what is kept and printed names nobody.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from leer.organisation import api as organisation
from leer.organisation.api import Team
from leer.risk import api as risk
from leer.rollout.models import Programme, TeamWish
from leer.rollout.planning import Problem, files

LEADERS_AHEAD = 2  # weeks that leaders have for themselves before the first team begins
TIER = 5.0  # points of score within which chance may decide, when effect is to be measured


@dataclass(frozen=True)
class Group:
    """The people of one team who still have to be planned, and the first week they may come."""

    team: Team
    size: int
    first_week: int = 0
    formerly: str | None = None


def week_of(programme: Programme, day: date) -> int:
    """The week of the programme in which this day is; below 0 before it begins."""
    return (day - programme.starts_on).days // 7


def wave_at(programme: Programme, week: int) -> int:
    """The wave, counted from 1, of whoever begins in this week."""
    return week // programme.wave_weeks + 1


def day_of(programme: Programme, week: int) -> date:
    """The Monday of this week."""
    return programme.starts_on + timedelta(weeks=week)


def input_for(programme: Programme, groups: Iterable[Group], *, risk_on: date) -> dict[str, Any]:
    """The input, in four queries and those of ``scores_on``.

    A team without a risk profile has score 0: it comes last, and the page says so.
    """
    groups = list(groups)
    scores = risk.scores_on(risk_on, [group.team.pk for group in groups])
    wishes = {wish.team_id: wish for wish in programme.wishes.all()}
    deadlines = dict(programme.deadlines.values_list("band", "week"))
    blocked = set(
        programme.blockers.filter(solved_on=None)
        .exclude(region="")
        .values_list("region", flat=True)
    )
    seats = _seats(programme, {group.team.region for group in groups})
    found = {
        "weeks": programme.weeks,
        "session_size": programme.session_size,
        "regions": {region: {"seats_per_week": weeks} for region, weeks in seats.items()},
        "max_absent_share": programme.max_absent_percent / 100,
        "teams": [
            _team(programme, group, scores.get(group.team.pk), deadlines, wishes, blocked)
            for group in groups
        ],
    }
    return found if programme.seed is None else {**found, "tier": TIER}


def _seats(programme: Programme, regions: Iterable[str]) -> dict[str, list[int]]:
    seats = {region: [0] * programme.weeks for region in sorted(regions)}
    for region, week, count in programme.seats.values_list("region", "week", "seats"):
        if region in seats and week < programme.weeks:
            seats[region][week] = count
    return seats


def _team(
    programme: Programme,
    group: Group,
    scored: risk.TeamRisk | None,
    deadlines: Mapping[str, int],
    wishes: Mapping[int, TeamWish],
    blocked: set[str],
) -> dict[str, Any]:
    wish = wishes.get(group.team.pk)
    first = max(group.first_week, wish.ready_week if wish else 0)
    if programme.managers_first:
        first = max(first, LEADERS_AHEAD)
    if group.team.region in blocked:
        first = programme.weeks  # no week at all, until it is solved and somebody plans again
    return {
        "id": str(group.team.public_id),
        "region": group.team.region,
        "size": group.size,
        "score": round(scored.score, 4) if scored else 0.0,
        "blackout_weeks": sorted(wish.blackout_weeks) if wish else [],
        "ready_week": first,
        "deadline_week": deadlines.get(scored.band.value) if scored else None,
        **({"formerly": group.formerly} if group.formerly else {}),
    }


def problem_from(said: Mapping[str, Any]) -> Problem:
    """The problem that such an input is."""
    return files.read(json.dumps(said).encode())


def teams_by_key(keys: Iterable[str]) -> dict[str, Team]:
    """Teams by their public id, as the planner names them."""
    found = organisation.Team.objects.filter(public_id__in=list(keys))
    return {str(team.public_id): team for team in found}
