"""Who comes first: the order in which the explainable plan fills the seats.

By **risk mass of a session**, score × people: the risk that it takes away. Ordering by score is
worse: a small team with a high score takes as many seats as a full session. Ordering whole teams by
their mean (r·n/⌈n/s⌉) is worse too, by a tenth (docs/decisions/0026-planning.md): the last one of
thirteen takes as many seats as the first twelve.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from leer.rollout.planning.problem import Problem, Team


class Turn(NamedTuple):
    """One session that is wanted: so many people of this team, its how manieth."""

    team: Team
    people: int
    number: int


def turns(
    problem: Problem, *, wanted: Mapping[str, int] | None = None, seed: int | None = None
) -> list[Turn]:
    """The sessions that teams need (for all of their people, or for as many as are ``wanted``),
    those that take away the most risk first.

    Teams that are equal in this come in the order of their ids; with a ``seed`` in an order that
    is drawn, always the same for the same seed, so that effect can be told from time afterwards
    (a stepped wedge). With a ``tier`` too, all teams within one are equal.
    """
    lots = _lots(list(problem.by_id), seed)
    people = wanted or {team.id: team.size for team in problem.teams}
    needed = (
        turn for team in problem.by_id.values() for turn in _turns(problem, team, people[team.id])
    )
    drawn = seed is not None and problem.tier

    def rank(turn: Turn) -> float:
        score = turn.team.score
        return score // problem.tier if drawn else score * turn.people

    return sorted(
        needed,
        key=lambda turn: (-rank(turn), lots[turn.team.id], turn.team.id, turn.number),
    )


def _turns(problem: Problem, team: Team, people: int) -> Iterator[Turn]:
    """As few sessions as it can be done with, all full but the last."""
    chunk = min(problem.session_size, problem.most_absent(team))
    for number, first in enumerate(range(0, people, chunk)):
        yield Turn(team, min(chunk, people - first), number)


def _lots(ids: Sequence[str], seed: int | None) -> dict[str, float]:
    """A number for each, drawn anew for each seed; all the same without one."""
    dice = random.Random(seed)  # noqa: S311 (repeatable on purpose)
    return {identity: 0.0 if seed is None else dice.random() for identity in ids}


def in_layers(problem: Problem) -> list[list[Team]]:
    """The teams in groups, of which each waits only for teams in earlier groups (``after``).

    Raises ``ValueError`` when they wait for each other in a circle.
    """
    waiting, done = dict(problem.by_id), set[str]()
    layers = []
    while waiting:
        layer = [team for team in waiting.values() if done.issuperset(team.after)]
        if not layer:
            raise ValueError(", ".join(waiting))
        layers.append(layer)
        done.update(team.id for team in layer)
        for team in layer:
            del waiting[team.id]
    return layers
