"""A problem from JSON, and a plan as JSON: what ``manage.py rollout_plan`` reads and writes.

The form is stable (docs/developers/planning.md): what is added later is optional.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from leer.rollout.planning.order import in_layers
from leer.rollout.planning.plan import Plan, Session
from leer.rollout.planning.problem import Problem, Team
from leer.rollout.planning.replanning import Replanned

type Week = Annotated[int, Meta(ge=0)]
MOST_WEEKS = 520  # ten years


class Unreadable(Exception):
    """What is wrong with the input, a sentence each, with its place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Team(Struct, forbid_unknown_fields=True):
    id: Annotated[str, Meta(min_length=1)]
    region: str
    size: Annotated[int, Meta(ge=0, le=100_000)]
    score: Annotated[float, Meta(ge=0, le=100)]
    blackout_weeks: list[Week] = []
    ready_week: Week = 0
    deadline_week: Week | None = None
    after: list[str] = []
    formerly: str | None = None

    def team(self) -> Team:
        return Team(
            id=self.id,
            region=self.region,
            size=self.size,
            score=self.score,
            blackout_weeks=frozenset(self.blackout_weeks),
            ready_week=self.ready_week,
            deadline_week=self.deadline_week,
            after=tuple(sorted(set(self.after))),
            formerly=self.formerly,
        )


class _Region(Struct, forbid_unknown_fields=True):
    seats_per_week: list[Annotated[int, Meta(ge=0)]]


class _Session(Struct, forbid_unknown_fields=True):
    team: str
    week: Week
    people: Annotated[int, Meta(ge=1)]


class _Input(Struct, forbid_unknown_fields=True):
    weeks: Annotated[int, Meta(ge=1, le=MOST_WEEKS)]
    session_size: Annotated[int, Meta(ge=1)]
    regions: dict[str, _Region]
    max_absent_share: Annotated[float, Meta(ge=0, le=1)]
    teams: list[_Team]
    tier: Annotated[float, Meta(ge=0, le=100)] = 0.0


class _Output(Struct):
    sessions: list[_Session]


def read(text: bytes) -> Problem:
    """The problem. Raises ``Unreadable``."""
    said = _decoded(text, _Input)
    if wrong := list(_contradictions(said)):
        raise Unreadable(wrong)
    problem = Problem(
        weeks=said.weeks,
        session_size=said.session_size,
        seats={name: tuple(region.seats_per_week) for name, region in said.regions.items()},
        max_absent_share=said.max_absent_share,
        teams=tuple(team.team() for team in said.teams),
        tier=said.tier,
    )
    _refuse_circles(problem)
    return problem


def read_sessions(text: bytes) -> list[Session]:
    """The sessions of a plan that was written before. Raises ``Unreadable``."""
    return [Session(one.team, one.week, one.people) for one in _decoded(text, _Output).sessions]


def write(plan: Plan) -> dict[str, Any]:
    """A plan as plain values, ready for JSON."""
    return {
        "status": plan.status.value,
        "sessions": [one._asdict() for one in plan.sessions],
        "exposure_weeks": round(plan.exposure_weeks, 6),
        "lower_bound": round(plan.lower_bound, 6),
        "shortages": [asdict(one) for one in plan.shortages],
    }


def write_replanned(done: Replanned) -> dict[str, Any]:
    """The same, with what stayed and what moved."""
    moves = [one._asdict() | {"why": one.why.value} for one in done.moves]
    return {**write(done.plan), "kept": done.kept, "moves": moves}


def _decoded[T](text: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable([str(error)]) from error


def _contradictions(said: _Input) -> Iterator[str]:
    for name, region in said.regions.items():
        if (count := len(region.seats_per_week)) != said.weeks:
            yield (
                f"`$.regions.{name}.seats_per_week` has {count} weeks, and the plan {said.weeks}:"
                " give a number for each week"
            )
    ids = Counter(team.id for team in said.teams)
    for number, team in enumerate(said.teams):
        place = f"`$.teams[{number}]"
        if team.region not in said.regions:
            yield f"{place}.region`: {team.region!r} is not one of `$.regions`"
        if ids[team.id] > 1:
            yield f"{place}.id`: {team.id!r} is there twice"
        for other in team.after:
            if other not in ids:
                yield f"{place}.after`: there is no team {other!r}"


def _refuse_circles(problem: Problem) -> None:
    try:
        in_layers(problem)
    except ValueError as error:
        raise Unreadable([f"`$.teams[].after`: these teams wait for each other: {error}"]) from None
