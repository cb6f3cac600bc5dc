"""The exact plan: an integer programme, solved by HiGHS.

A team is brought to "nobody left" in steps. A step is a session in some week: a *full* one takes
as many as there are seats, a *rest* takes as many as may still be away that week after the full
ones (``Division``). After ``i`` full ones and ``k`` rests a team is in the state (i, k); the
variables say which step is taken from which state in which week. Sessions of a team may be
exchanged in time without breaking a rule, so nothing needs to say that steps follow each other,
and a state is entered as often as it is left. That makes the programme small, and its relaxation
so tight that HiGHS seldom has to branch (docs/decisions/0026-planning.md has the proof that no
better plan is missed, and what else was tried).
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from leer.rollout.planning.plan import Session
from leer.rollout.planning.problem import Problem, Team

NODES = 2000  # after so many branches the best plan found is good enough; a limit in seconds
# would give another plan on another machine
A_TRIFLE = 1e-6  # exposure-weeks a person: to leave somebody out is worse, whatever the score


type Costs = NDArray[np.float64]
type State = tuple[int, int]  # full sessions and rests so far


class Step(NamedTuple):
    """A column: a session, or that people are left without one (``week`` is ``None``)."""

    team: Team
    week: int | None
    people: int
    is_rest: bool
    before: State
    after: State | None  # ``None``: nobody is left


class NoSolution(Exception):
    """Not everybody fits."""


@dataclass(frozen=True)
class Solved:
    """Sessions, and the exposure-weeks that no plan can be below."""

    sessions: list[Session]
    lower_bound: float


def solve(problem: Problem, *, everybody: bool) -> Solved:
    """The best sessions for teams that need not wait for each other.

    With ``everybody`` each person has one: raises ``NoSolution`` when that cannot be. Without,
    people may be left, each for the whole horizon.
    """
    steps = list(_steps(problem, everybody=everybody))
    found = _optimise(problem, steps, whole=True)
    return Solved(_sessions(steps, found.taken), found.bound)


def _sessions(steps: Sequence[Step], taken: Sequence[float]) -> list[Session]:
    return [
        Session(step.team.id, step.week, step.people)
        for step, times in zip(steps, taken, strict=True)
        if step.week is not None and round(times)
    ]


def bound(problem: Problem, *, everybody: bool) -> float:
    """Exposure-weeks that no plan can be below: the same programme with parts of sessions, which
    takes a fraction of the time. Raises ``NoSolution`` as ``solve`` does.
    """
    return _optimise(problem, list(_steps(problem, everybody=everybody)), whole=False).bound


def solve_with_fewest_moves(problem: Problem, held: Counter[tuple[str, int]]) -> list[Session]:
    """Sessions for everybody that keep as many as can be of those held (team and week: how many),
    and of such plans the best. Raises ``NoSolution`` when not everybody fits.
    """
    steps = list(_steps(problem, everybody=True))
    _refuse_stuck(problem, steps)
    rows = _rows(problem, steps)
    kept = _kept_columns(rows, steps, held)
    none, costs = np.zeros(len(steps)), np.array([_cost(problem, step) for step in steps])
    most = -_optimum(np.append(none, -np.ones(len(kept))), rows, kept).fun
    for column in range(len(steps), len(steps) + len(kept)):
        rows.add("kept in all", column, 1, round(most), np.inf)
    best = _optimum(np.append(costs, np.zeros(len(kept))), rows, kept)
    return _sessions(steps, best.x[: len(steps)])


def _kept_columns(
    rows: "_Rows", steps: Sequence[Step], held: Counter[tuple[str, int]]
) -> list[int]:
    """A column for each team and week that is held: how many of its sessions stay. What it can be
    at most.
    """
    places = sorted(held)
    for number, place in enumerate(places):
        rows.add(("kept", place), len(steps) + number, -1, 0, np.inf)
    for column, step in enumerate(steps):
        if (step.team.id, step.week) in held:
            rows.add(("kept", (step.team.id, step.week)), column, 1, 0, np.inf)
    return [held[place] for place in places]


# The columns ----------------------------------------------------------------------------------
def _steps(problem: Problem, *, everybody: bool) -> Iterator[Step]:
    for team in problem.by_id.values():
        weeks = problem.allowed_weeks(team)
        for state, left in _states(problem, team).items():
            for step in _steps_from(problem, team, state, left):
                yield from (step._replace(week=week) for week in weeks)
            if not everybody:
                yield Step(team, None, left, is_rest=False, before=state, after=None)


def _states(problem: Problem, team: Team) -> dict[State, int]:
    """Every state that can be reached, with the people who are left then."""
    found: dict[State, int] = {}
    to_do = [((0, 0), team.size)]
    while to_do:
        state, left = to_do.pop()
        if left > 0 and state not in found:
            found[state] = left
            steps = _steps_from(problem, team, state, left)
            to_do += [(step.after, left - step.people) for step in steps if step.after]
    return found


def _steps_from(problem: Problem, team: Team, state: State, left: int) -> Iterator[Step]:
    """The kinds of session there can be next. A rest is worth its seats only in a week in which
    the full ones are taken too.
    """
    (full, rests), division = state, problem.division(team)
    if division.full:
        people = min(problem.session_size, left)
        after = (full + 1, rests) if people < left else None
        yield Step(team, None, people, is_rest=False, before=state, after=after)
    if division.rest and division.full * (rests + 1) <= full:
        people = min(division.rest, left)
        after = (full, rests + 1) if people < left else None
        yield Step(team, None, people, is_rest=True, before=state, after=after)


# The rows -------------------------------------------------------------------------------------
@dataclass
class _Rows:
    """Rows of a sparse matrix: what is counted, and between which bounds."""

    numbers: dict[Hashable, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    places: list[tuple[int, int, float]] = field(default_factory=list)

    def add(self, name: Hashable, column: int, value: float, low: float, high: float) -> None:
        """Let this column count in the row of this name."""
        if name not in self.numbers:
            self.numbers[name] = len(self.numbers)
            self.low.append(low)
            self.high.append(high)
        self.places.append((self.numbers[name], column, value))

    def constraint(self, columns_in_all: int) -> LinearConstraint:
        """As SciPy takes it."""
        rows, columns, values = zip(*self.places, strict=True)
        shape = (len(self.numbers), columns_in_all)
        return LinearConstraint(csr_array((values, (rows, columns)), shape), self.low, self.high)


def _rows(problem: Problem, steps: Sequence[Step]) -> _Rows:
    rows = _Rows()
    rooms = {region: problem.rooms(region) for region in problem.seats}
    for column, step in enumerate(steps):
        team, start = step.team, float(step.before == (0, 0))
        rows.add(("leaves", team.id, step.before), column, 1, start, start)
        if step.after:
            rows.add(("leaves", team.id, step.after), column, -1, 0, 0)
        if step.week is not None:
            high = rooms[team.region][step.week]
            rows.add(("rooms", team.region, step.week), column, 1, 0, high)
            _limit_absence(problem, rows, column, step)
    return rows


def _limit_absence(problem: Problem, rows: _Rows, column: int, step: Step) -> None:
    """So many full ones in a week, and one rest; whoever may all go at once needs no limit."""
    division = problem.division(step.team)
    most = 1 if step.is_rest else division.full
    if step.team.size > problem.most_absent(step.team):
        rows.add(("absence", step.team.id, step.week, step.is_rest), column, 1, 0, most)


# Solving --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Optimum:
    taken: Sequence[float]
    bound: float


def _optimise(problem: Problem, steps: Sequence[Step], *, whole: bool) -> _Optimum:
    _refuse_stuck(problem, steps)
    if not steps:
        return _Optimum([], 0.0)
    costs = np.array([_cost(problem, step) for step in steps])
    result = _optimum(costs, _rows(problem, steps), whole=whole)
    people = sum(team.size for team in problem.teams)
    least = result.mip_dual_bound if whole else result.fun
    return _Optimum(result.x, float(least) - A_TRIFLE * people)


def _optimum(
    costs: Costs, rows: _Rows, more: Sequence[int] = (), *, whole: bool = True
) -> OptimizeResult:
    """Each step is taken once at most, ``more`` columns so often."""
    highest = np.append(np.ones(len(costs) - len(more)), more)
    result = milp(
        costs,
        integrality=np.full(len(costs), int(whole)),
        bounds=Bounds(0, highest),
        constraints=rows.constraint(len(costs)),
        options={"mip_rel_gap": 0, "node_limit": NODES},
    )
    if result.x is None:
        raise NoSolution
    return result


def _refuse_stuck(problem: Problem, steps: Sequence[Step]) -> None:
    """A team without any step has no column, so no row that would tell."""
    able = {step.team.id for step in steps}
    if any(team.size and team.id not in able for team in problem.teams):
        raise NoSolution


def _cost(problem: Problem, step: Step) -> float:
    week = problem.weeks if step.week is None else step.week
    trifle = A_TRIFLE if step.week is None else 0.0
    return step.people * (step.team.score / 100 * week + trifle)
