"""When something changes: keep every booking that can stay, and say which could not.

Three steps, each only for whom the one before left without a session:

1. What is booked stays, unless it breaks a rule now. Where seats are short, those with the least
   risk lose theirs.
2. Who has no session joins one of the own team's that has seats, or gets one of the seats left.
3. If people are short then, bookings of others are moved: as few as can be (``exact``).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import NamedTuple

from leer.rollout.planning import exact
from leer.rollout.planning.board import Board
from leer.rollout.planning.exact import NoSolution
from leer.rollout.planning.greedy import place
from leer.rollout.planning.order import in_layers, turns
from leer.rollout.planning.plan import Plan, Session, make
from leer.rollout.planning.planning import left_for, lower_bound, regions
from leer.rollout.planning.problem import Problem, Team


class Why(StrEnum):
    """Why a booking could not stay where it was."""

    NOT_NEEDED = "not_needed"  # the team is no more, or does with fewer sessions
    NOT_THEN = "not_then"  # the team may not come in that week
    NO_SEATS = "no_seats"  # there are fewer seats than were booked
    MAKES_ROOM = "makes_room"  # somebody else fits nowhere else
    NEW = "new"  # there was none before


class Move(NamedTuple):
    """One session that is not where it was. ``None``: it was not there, or is gone."""

    team: str
    from_week: int | None
    to_week: int | None
    why: Why


@dataclass(frozen=True)
class Replanned:
    """The new plan; ``kept`` sessions stay as they were, ``moves`` are all that changes."""

    plan: Plan
    kept: int
    moves: tuple[Move, ...]


def replan(problem: Problem, booked: Iterable[Session]) -> Replanned:
    """The plan for what the problem is now, with as few moves as can be."""
    before = _inherited(problem, list(booked))
    sessions: list[Session] = []
    for layer in in_layers(problem):
        for part in regions(left_for(problem, layer, sessions)):
            sessions += _replanned(part, before)
    plan = make(problem, sessions, lower_bound=lower_bound(problem))
    return Replanned(plan, *_compared(problem, before, plan.sessions))


def _inherited(problem: Problem, booked: list[Session]) -> list[Session]:
    """The bookings, with those of a team that was split handed to the teams it became."""
    heirs: dict[str, list[Team]] = {}
    for team in problem.by_id.values():
        heirs.setdefault(team.formerly or team.id, []).append(team)
    wanted = {team.id: team.size for team in problem.by_id.values()}
    return [_handed(one, heirs, wanted) for one in sorted(booked, key=lambda one: one.week)]


def _handed(one: Session, heirs: dict[str, list[Team]], wanted: dict[str, int]) -> Session:
    if one.team in wanted:
        return one
    heir = max(heirs.get(one.team, ()), key=lambda team: wanted[team.id], default=None)
    if heir is None or wanted[heir.id] <= 0:
        return one
    people = min(one.people, wanted[heir.id])
    wanted[heir.id] -= people
    return Session(heir.id, one.week, people)


def _replanned(part: Problem, before: Sequence[Session]) -> list[Session]:
    board = _kept(part, [one for one in before if one.team in part.by_id])
    for team in part.by_id.values():
        _join(part, board, team)
    missing = {team.id: board.missing(team) for team in part.teams}
    for turn in turns(part, wanted=missing):
        place(board, turn, part.allowed_weeks(turn.team))
    if not any(board.missing(team) for team in part.teams):
        return board.sessions
    held = _bookings(one for one in before if one.team in part.by_id)
    try:
        return exact.solve_with_fewest_moves(part, held)
    except NoSolution:
        return board.sessions


def _kept(part: Problem, before: Sequence[Session]) -> Board:
    """What can stay, the most risk first."""
    board = Board(part)
    weeks = {team.id: set(part.allowed_weeks(team)) for team in part.teams}
    for one in sorted(before, key=lambda one: (-_mass(part, one), one.week, one.team)):
        team = part.by_id[one.team]
        people = min(one.people, board.missing(team))
        wanted = [one.week] if people and one.week in weeks[one.team] else []
        if board.first_fit(team, people, wanted) is not None:
            board.put(one._replace(people=people))
    return board


def _mass(part: Problem, one: Session) -> float:
    return part.by_id[one.team].score * one.people


def _join(part: Problem, board: Board, team: Team) -> None:
    """Seats that the team's own sessions have left."""
    for one in sorted(board.held(team), key=lambda one: one.week):
        more = min(
            board.missing(team), part.session_size - one.people, board.may_go(team, one.week)
        )
        if more > 0:
            board.take(one)
            board.put(one._replace(people=one.people + more))


# What changed -----------------------------------------------------------------------------------
def _compared(
    problem: Problem, before: Sequence[Session], after: Sequence[Session]
) -> tuple[int, tuple[Move, ...]]:
    old, new = _bookings(before), _bookings(after)
    kept = {place: min(count, new[place]) for place, count in old.items()}
    gone, come = _weeks(old, kept), _weeks(new, kept)
    reasons = _Reasons(problem, before, after)
    moves = tuple(
        Move(team, was, becomes, reasons.why(team, was, becomes))
        for team in sorted({*gone, *come})
        for was, becomes in zip_longest(gone.get(team, ()), come.get(team, ()))
    )
    return sum(kept.values()), moves


type Place = tuple[str, int]  # team and week


def _bookings(sessions: Iterable[Session]) -> Counter[Place]:
    return Counter((one.team, one.week) for one in sessions)


def _weeks(bookings: Counter[Place], kept: Mapping[Place, int]) -> dict[str, list[int]]:
    """The weeks of the sessions that were not kept, by team."""
    found: dict[str, list[int]] = {}
    for (team, week), count in sorted(bookings.items()):
        if more := count - kept.get((team, week), 0):
            found.setdefault(team, []).extend([week] * more)
    return found


class _Reasons:
    """Why bookings could not stay, seen from what was booked before. A booking that is gone was
    not needed only where everybody of the team has a place.
    """

    def __init__(
        self, problem: Problem, before: Sequence[Session], after: Sequence[Session]
    ) -> None:
        self._problem = problem
        self._placed = Counter[str]()
        for one in after:
            self._placed[one.team] += one.people
        known = [one for one in before if one.team in problem.by_id]
        self._rooms_taken = Counter((problem.by_id[one.team].region, one.week) for one in known)

    def why(self, identity: str, was: int | None, becomes: int | None) -> Why:
        """The first reason that holds."""
        if was is None:
            return Why.NEW
        team = self._problem.by_id.get(identity)
        if team is None or (becomes is None and self._placed[identity] >= team.size):
            return Why.NOT_NEEDED
        if was not in self._problem.allowed_weeks(team):
            return Why.NOT_THEN
        return Why.MAKES_ROOM if self._has_room(team, was) else Why.NO_SEATS

    def _has_room(self, team: Team, week: int) -> bool:
        taken = self._rooms_taken[team.region, week]
        return taken <= self._problem.rooms(team.region)[week]
