"""From a problem to a plan, by either method.

Regions share no seats, so each is planned by itself; and teams that wait for others are planned
after those (``after``), in what these left. What is best within such a step need not be best over
all of them: the lower bound tells how far off it can be at most.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from leer.rollout.planning import exact
from leer.rollout.planning.exact import NoSolution, Solved
from leer.rollout.planning.greedy import plan_by_risk
from leer.rollout.planning.order import in_layers
from leer.rollout.planning.plan import Plan, Session, make, people_planned
from leer.rollout.planning.problem import Problem, Team


class Method(StrEnum):
    """How a plan is made."""

    GREEDY = "greedy"
    EXACT = "exact"


def plan(problem: Problem, *, method: Method = Method.GREEDY, seed: int | None = None) -> Plan:
    """The plan, with what is short. ``seed`` draws the order in which the explainable plan takes
    teams that are equal in risk.

    Where that plan is short, the exact one decides whether people fit at all, and if not, who is
    left: nobody is told that it does not fit when it does.
    """
    layers = in_layers(problem)
    sessions: list[Session] = []
    bound = 0.0
    for layer in layers:
        for part in regions(left_for(problem, layer, sessions)):
            solved = _solve(part, method, seed)
            sessions += solved.sessions
            bound += solved.lower_bound
    if len(layers) > 1:  # what holds within a step need not hold over all of them
        bound = lower_bound(problem)
    return make(problem, sessions, lower_bound=bound)


def _solve(part: Problem, method: Method, seed: int | None) -> Solved:
    if method is Method.GREEDY:
        sessions = plan_by_risk(part, seed=seed)
        if people_planned(sessions).total() == sum(team.size for team in part.teams):
            return Solved(sessions, exact.bound(part, everybody=True))
    try:
        return exact.solve(part, everybody=True)
    except NoSolution:
        return exact.solve(part, everybody=False)


def lower_bound(problem: Problem) -> float:
    """Exposure-weeks that no plan can be below; that some wait for others is left out of account,
    which makes it only lower.
    """
    return sum(_bound(part) for part in regions(problem))


def _bound(part: Problem) -> float:
    try:
        return exact.bound(part, everybody=True)
    except NoSolution:
        return exact.bound(part, everybody=False)


def regions(problem: Problem) -> Iterator[Problem]:
    """The problem of each region that has teams, the same in whatever order they came."""
    for region in sorted({team.region for team in problem.teams}):
        teams = tuple(team for team in problem.by_id.values() if team.region == region)
        yield replace(problem, seats={region: problem.seats[region]}, teams=teams)


def left_for(problem: Problem, layer: Iterable[Team], sessions: list[Session]) -> Problem:
    """The problem for these teams alone, when those sessions are there already."""
    used = Counter((problem.by_id[one.team].region, one.week) for one in sessions)
    seats = {
        region: tuple(
            count - used[region, week] * problem.session_size for week, count in enumerate(weeks)
        )
        for region, weeks in problem.seats.items()
    }
    teams = tuple(
        replace(team, ready_week=max(team.ready_week, _released(problem, team, sessions)), after=())
        for team in layer
    )
    return replace(problem, seats=seats, teams=teams)


def _released(problem: Problem, team: Team, sessions: list[Session]) -> int:
    """The first week after those for whom this team waits; beyond the last when they never are."""
    planned = people_planned(sessions)
    if any(planned[identity] < problem.by_id[identity].size for identity in team.after):
        return problem.weeks
    weeks = [one.week for one in sessions if one.team in team.after]
    return max(weeks, default=-1) + 1
