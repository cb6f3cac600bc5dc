"""The explainable plan: the most risk first, as soon as there are seats.

Three steps, each of which can be told to a board:

1. In the order of risk mass, each session gets the first seats that are free (``order``).
2. Where a team would miss its deadline that way, seats are kept for it, as late as the deadline
   allows; and it begins again from 1. Later is better: it costs those with more risk least.
3. Everybody moves forward to what is still free, in the same order.

Always the same for the same input, whatever the order in which the teams are given.
"""

from collections.abc import Iterable, Sequence

from leer.rollout.planning.board import Board
from leer.rollout.planning.order import Turn, turns
from leer.rollout.planning.plan import Session, exposure_weeks
from leer.rollout.planning.problem import Problem


def plan_by_risk(problem: Problem, *, seed: int | None = None) -> list[Session]:
    """The sessions for teams that need not wait for each other; people who do not fit have none.

    When some are short whatever is kept for them, those with the most risk come first after all.
    """
    order = turns(problem, seed=seed)
    plain, short = _placed(problem, order, kept=[])
    if not short:
        return plain.sessions
    board, short = _keeping_seats(problem, order, short)
    if not short:
        return board.sessions
    return min(plain.sessions, board.sessions, key=lambda some: exposure_weeks(problem, some))


def _keeping_seats(
    problem: Problem, order: Sequence[Turn], short: list[Turn]
) -> tuple[Board, list[Turn]]:
    """Keep seats for those who are short, until nobody is or until keeping does not help."""
    kept: list[Turn] = []
    while short and not set(short) & set(kept):
        kept += short
        board, short = _placed(problem, order, kept)
    for turn in order:
        _move_forward(problem, board, turn)
    return board, short


def _placed(
    problem: Problem, order: Sequence[Turn], kept: Sequence[Turn]
) -> tuple[Board, list[Turn]]:
    """Everybody on an empty board, those for whom seats are kept first; and who do not fit."""
    board, later = Board(problem), set(kept)
    short = [
        turn
        for turn in sorted(kept, key=_strictest_first)
        if not place(board, turn, reversed(problem.allowed_weeks(turn.team)))
    ]
    short += [
        turn
        for turn in order
        if turn not in later and not place(board, turn, problem.allowed_weeks(turn.team))
    ]
    return board, short


def _strictest_first(turn: Turn) -> tuple[int, str, int]:
    deadline = turn.team.deadline_week
    return (deadline if deadline is not None else 1 << 30, turn.team.id, turn.number)


def _move_forward(problem: Problem, board: Board, turn: Turn) -> None:
    same = [one for one in board.held(turn.team) if one.people == turn.people]
    if same:
        last = max(same, key=lambda one: one.week)
        board.take(last)
        place(board, turn, problem.allowed_weeks(turn.team))


def place(board: Board, turn: Turn, weeks: Iterable[int]) -> bool:
    """Put a session in the first of these weeks in which there is room; whether there was one."""
    week = board.first_fit(turn.team, turn.people, weeks)
    if week is None:
        return False
    board.put(Session(turn.team.id, week, turn.people))
    return True
