"""Several teams of one manager, a line each: who needs help most stands first. Counts, no names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from cursussen import api as content
from leer.monitoring.teams import NEEDS_HELP, READING_ORDER
from leer.organisation import api as organisation
from leer.rollout import api as rollout
from leer.rollout.api import Standing, State


@dataclass(frozen=True)
class Line:
    """How the people of a team stand, each where they need help most. ``next_due`` is the first
    day from today on by which somebody has something to do.
    """

    team: Any
    counts: Counter[State]
    next_due: date | None

    @property
    def total(self) -> int:
        """Everybody who was assigned something."""
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        """Who is done with everything."""
        return self.counts[State.DONE]

    @property
    def cells(self) -> list[tuple[State, int]]:
        """Who still has something to do, by state."""
        return [(state, self.counts[state]) for state in NEEDS_HELP]


def lines_of(teams: Iterable[Any]) -> list[Line]:
    """One for each team, in three queries however many there are."""
    found, today = list(teams), timezone.localdate()
    people = organisation.people_by_team(found)
    live = content.modules()
    standings: dict[int, list[Standing]] = {}
    for row in rollout.standings_of_people({pk for held in people.values() for pk in held}, today):
        if row.module_key in live:
            standings.setdefault(row.user_id, []).append(row)
    lines = [
        _line(team, [standings[pk] for pk in people[team.pk] if pk in standings], today)
        for team in found
    ]
    return sorted(lines, key=_urgency)


def total_of(lines: Iterable[Line]) -> Line:
    """All teams together; who is in two of them does not exist."""
    held = list(lines)
    counts = sum((line.counts for line in held), Counter[State]())
    days = [line.next_due for line in held if line.next_due]
    return Line(None, counts, min(days, default=None))


def _line(team: Any, people: Sequence[Sequence[Standing]], today: date) -> Line:
    counts = Counter(_state({row.state for row in rows}) for rows in people)
    days = [
        row.due_on
        for rows in people
        for row in rows
        if row.state is not State.DONE and row.due_on >= today
    ]
    return Line(team, counts, min(days, default=None))


def _state(held: set[State]) -> State:
    return next(state for state in READING_ORDER if state in held)


def _urgency(line: Line) -> tuple[Any, ...]:
    return (*(-line.counts[state] for state in NEEDS_HELP), line.team.name, line.team.pk)
