"""A plan: who comes when, what it leaves exposed, and what is short."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from leer.rollout.planning.problem import Problem, Team


class Session(NamedTuple):
    """One session: ``people`` of one team, in one week."""

    team: str
    week: int
    people: int


class Status(StrEnum):
    """Whether everybody has a session in time."""

    PLANNED = "planned"
    INFEASIBLE = "infeasible"


class Cause(StrEnum):
    """Why a team cannot be planned."""

    NO_WEEKS = "no_weeks"  # in too few weeks may anybody come at all
    TOO_MANY_ABSENT = "too_many_absent"  # seats enough, but too few may be away in a week
    SEATS = "seats"  # others take the seats there are


@dataclass(frozen=True)
class Shortage:
    """People of a team without a session; ``seats`` is what would help, in the weeks from
    ``first_week`` to ``last_week`` (both included) in which they may come.
    """

    team: str
    region: str
    people: int
    seats: int
    first_week: int
    last_week: int
    cause: Cause


@dataclass(frozen=True)
class Plan:
    """Sessions in a fixed order, by week and team. ``lower_bound``: no plan (for everybody,
    when this one is for everybody) leaves less exposure, in exposure-weeks.
    """

    status: Status
    sessions: tuple[Session, ...]
    exposure_weeks: float
    lower_bound: float
    shortages: tuple[Shortage, ...]


def make(problem: Problem, sessions: Iterable[Session], *, lower_bound: float) -> Plan:
    """The plan that these sessions are."""
    ordered = tuple(sorted(sessions, key=lambda one: (one.week, one.team, -one.people)))
    shortages = tuple(_shortages(problem, ordered))
    exposure = exposure_weeks(problem, ordered)
    return Plan(
        status=Status.INFEASIBLE if shortages else Status.PLANNED,
        sessions=ordered,
        exposure_weeks=exposure,
        lower_bound=min(lower_bound, exposure),
        shortages=shortages,
    )


def first_weeks(sessions: Iterable[Session]) -> dict[str, int]:
    """Per team the week of its first session."""
    found: dict[str, int] = {}
    for one in sessions:
        found[one.team] = min(one.week, found.get(one.team, one.week))
    return found


def exposure_weeks(problem: Problem, sessions: Iterable[Session]) -> float:
    """Σ over people of score/100 × week of their session; without one, the whole horizon."""
    saved: Counter[str] = Counter()
    for one in sessions:
        saved[one.team] += one.people * (problem.weeks - one.week)
    return sum(
        team.score / 100 * (team.size * problem.weeks - saved[team.id])
        for team in problem.by_id.values()
    )


def people_planned(sessions: Iterable[Session]) -> Counter[str]:
    """How many of each team have a session."""
    planned: Counter[str] = Counter()
    for one in sessions:
        planned[one.team] += one.people
    return planned


def by_team(sessions: Iterable[Session]) -> Mapping[str, list[Session]]:
    """The sessions of each team."""
    found: defaultdict[str, list[Session]] = defaultdict(list)
    for one in sessions:
        found[one.team].append(one)
    return found


# What is short --------------------------------------------------------------------------------
def _shortages(problem: Problem, sessions: Sequence[Session]) -> Iterator[Shortage]:
    planned = people_planned(sessions)
    for team in problem.by_id.values():
        if missing := team.size - planned[team.id]:
            yield _shortage(problem, team, missing)


def _shortage(problem: Problem, team: Team, missing: int) -> Shortage:
    weeks = problem.allowed_weeks(team)
    size = problem.session_size
    return Shortage(
        team=team.id,
        region=team.region,
        people=missing,
        seats=-(-missing // min(size, problem.most_absent(team))) * size,
        first_week=weeks[0] if weeks else team.ready_week,
        last_week=weeks[-1] if weeks else team.ready_week,
        cause=_cause(problem, team, weeks),
    )


def _cause(problem: Problem, team: Team, weeks: Sequence[int]) -> Cause:
    if not weeks:
        return Cause.NO_WEEKS
    if len(weeks) * problem.most_absent(team) < team.size:
        return Cause.TOO_MANY_ABSENT
    return Cause.SEATS


# Whether it keeps the rules --------------------------------------------------------------------
def broken_rules(problem: Problem, sessions: Sequence[Session]) -> list[str]:
    """What is wrong with these sessions, a sentence each; empty for a good plan (people may be
    without a session: that is a shortage, not a broken rule).
    """
    return [
        *_wrong_sessions(problem, sessions),
        *_wrong_weeks(problem, sessions),
        *_too_many(problem, sessions),
        *_too_soon(problem, sessions),
    ]


def _wrong_sessions(problem: Problem, sessions: Sequence[Session]) -> Iterator[str]:
    for one in sessions:
        if one.team not in problem.by_id:
            yield f"{one.team}: no such team"
        elif not 1 <= one.people <= problem.session_size:
            yield f"{one.team}: a session of {one.people} in week {one.week}"
        elif one.week not in problem.allowed_weeks(problem.by_id[one.team]):
            yield f"{one.team}: may not come in week {one.week}"


def _wrong_weeks(problem: Problem, sessions: Sequence[Session]) -> Iterator[str]:
    used = Counter(
        (problem.by_id[one.team].region, one.week) for one in sessions if one.team in problem.by_id
    )
    for (region, week), count in used.items():
        seats = problem.seats[region][week] if 0 <= week < problem.weeks else 0
        if count * problem.session_size > seats:
            yield f"{region}: {count} sessions in week {week}, and {seats} seats"


def _too_many(problem: Problem, sessions: Sequence[Session]) -> Iterator[str]:
    away: Counter[tuple[str, int]] = Counter()
    for one in sessions:
        away[one.team, one.week] += one.people
    for (team, week), people in away.items():
        if team in problem.by_id and people > problem.most_absent(problem.by_id[team]):
            yield f"{team}: {people} people away in week {week}"
    for identity, people in people_planned(sessions).items():
        if identity in problem.by_id and people > problem.by_id[identity].size:
            yield f"{identity}: {people} people planned"


def _too_soon(problem: Problem, sessions: Sequence[Session]) -> Iterator[str]:
    held, planned = by_team(sessions), people_planned(sessions)
    for team in problem.by_id.values():
        first = min((one.week for one in held.get(team.id, ())), default=problem.weeks)
        for identity in team.after:
            last = max((one.week for one in held.get(identity, ())), default=-1)
            waits = planned[identity] < problem.by_id[identity].size
            if first < problem.weeks and (first <= last or waits):
                yield f"{team.id}: comes before {identity} is done"
