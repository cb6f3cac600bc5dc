"""The best plan of a small problem, by trying every one there is."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from leer.rollout.planning import Problem, Session, Team, broken_rules, exposure_weeks


def best(problem: Problem) -> tuple[bool, float]:
    """Whether everybody can have a session, and the least exposure of such plans; if not, the
    least exposure of any plan. Regions share nothing, so each is tried by itself.
    """
    parts = [_best_of(problem, region) for region in problem.seats]
    return all(fits for fits, _ in parts), sum(exposure for _, exposure in parts)


def _best_of(problem: Problem, region: str) -> tuple[bool, float]:
    """Over all ways to give teams numbers of people a week, a team at a time: the least exposure
    for each state of the rooms and for whether somebody was left.
    """
    teams = [team for team in problem.by_id.values() if team.region == region]

    @lru_cache(None)
    def rest(number: int, rooms: tuple[int, ...]) -> dict[bool, float]:
        if number == len(teams):
            return {True: 0.0}
        found: dict[bool, float] = {}
        for people in _ways(problem, teams[number]):
            left = _less(problem, rooms, people)
            if left is not None:
                cost, whole = _cost(problem, teams[number], people)
                for others, more in rest(number + 1, left).items():
                    fits = whole and others
                    found[fits] = min(found.get(fits, float("inf")), cost + more)
        return found

    outcomes = rest(0, tuple(problem.rooms(region)))
    return (True, outcomes[True]) if True in outcomes else (False, outcomes[False])


def _ways(problem: Problem, team: Team) -> Iterator[tuple[int, ...]]:
    """Every number of people in every week."""
    most, allowed = problem.most_absent(team), set(problem.allowed_weeks(team))
    choices = [
        range(min(most, team.size) + 1) if week in allowed else (0,)
        for week in range(problem.weeks)
    ]
    return (people for people in product(*choices) if sum(people) <= team.size)


def _less(
    problem: Problem, rooms: tuple[int, ...], people: tuple[int, ...]
) -> tuple[int, ...] | None:
    left = tuple(
        room - -(-count // problem.session_size) for room, count in zip(rooms, people, strict=True)
    )
    return left if min(left) >= 0 else None


def _cost(problem: Problem, team: Team, people: tuple[int, ...]) -> tuple[float, bool]:
    planned = sum(people)
    weeks = sum(count * week for week, count in enumerate(people))
    weeks += (team.size - planned) * problem.weeks
    return team.score / 100 * weeks, planned == team.size


__all__ = ["Session", "best", "broken_rules", "exposure_weeks"]
