"""What exposure is, and what it adds up to. Plain Python: no database and no Django.

**Exposure left** on a day is Σ over people who are not (or no longer) protected of r/100, with r
the risk of their team: one person in a team of score 100 counts for one. It is counted at the end
of a day, and holds for the days since the count before it. So an area is in exposure-days, and that
of a plan is seven times the exposure-weeks of ``leer.rollout.planning``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Self

import numpy as np

HIGHEST_SCORE = 100
LOW, HIGH = 0.05, 0.95  # the band holds nine draws of ten


def is_protected(done_on: date | None, day: date, refresh_weeks: int | None) -> bool:
    """From the day of completion, for so many weeks (``None``: for good)."""
    if done_on is None or done_on > day:
        return False
    return refresh_weeks is None or day < done_on + timedelta(weeks=refresh_weeks)


@dataclass(frozen=True, slots=True)
class Cell:
    """Some people on one day, and their risk (Σ r/100); of them those who are protected."""

    people: int = 0
    protected: int = 0
    risk: float = 0.0
    protected_risk: float = 0.0

    @classmethod
    def of(cls, people: int, protected: int, score: float) -> Self:
        """People of one team."""
        each = score / HIGHEST_SCORE
        return cls(people, protected, people * each, protected * each)

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(
            self.people + other.people,
            self.protected + other.protected,
            self.risk + other.risk,
            self.protected_risk + other.protected_risk,
        )

    @property
    def left(self) -> float:
        """The exposure that is left."""
        return max(0.0, self.risk - self.protected_risk)

    @property
    def coverage(self) -> float:
        """The share of people who are protected, 0 to 1."""
        return self.protected / self.people if self.people else 0.0

    @property
    def weighted_coverage(self) -> float:
        """Σ r·done / Σ r·n, 0 to 1."""
        return min(1.0, self.protected_risk / self.risk) if self.risk else 0.0


def together(cells: Iterable[Cell]) -> Cell:
    """All of these."""
    return sum(cells, Cell())


def protected_by_plan(
    people: np.ndarray, booked: np.ndarray, refresh_weeks: int | None
) -> np.ndarray:
    """A row per team, a column per week: how many are protected at the end of it, when everybody
    comes as ``booked`` (the same shape). Never more than there are people.
    """
    so_far = booked.cumsum(axis=1)
    if refresh_weeks is not None and refresh_weeks < booked.shape[1]:
        lapsed = np.zeros_like(so_far)
        lapsed[:, refresh_weeks:] = so_far[:, : booked.shape[1] - refresh_weeks]
        so_far = so_far - lapsed
    return np.minimum(so_far, people[:, None])


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan promises for some people of one region: per week how many are protected, and
    their risk.
    """

    region: str
    people: int
    risk: float
    protected: Sequence[float]
    protected_risk: Sequence[float]

    @property
    def left(self) -> list[float]:
        """Exposure left at the end of each week."""
        return [max(0.0, self.risk - gone) for gone in self.protected_risk]


def flat(cells: Sequence[Planned]) -> list[list[float]]:
    """Exposure left per cell and week, had the plan's seats gone to everybody in the region alike:
    the same number of people in each week, without regard to risk.
    """
    people: dict[str, int] = {}
    seated: dict[str, np.ndarray] = {}
    for cell in cells:
        people[cell.region] = people.get(cell.region, 0) + cell.people
        seated[cell.region] = seated.get(cell.region, 0) + np.array(cell.protected, dtype=float)
    shares = {
        region: 1 - seats / people[region] if people[region] else np.ones_like(seats)
        for region, seats in seated.items()
    }
    return [(cell.risk * shares[cell.region]).tolist() for cell in cells]


def added(lines: Iterable[Sequence[float]]) -> list[float]:
    """Lines on top of each other."""
    return [sum(values) for values in zip(*lines, strict=True)]


def area(points: Sequence[tuple[date, float]], *, since: date) -> float:
    """Exposure-days: each value holds for the days since the one before it, the first ``since``
    (not included).
    """
    days = [since, *(day for day, _ in points)]
    spans = [(later - earlier).days for earlier, later in pairwise(days)]
    return sum(span * value for span, (_, value) in zip(spans, points, strict=True))


def spread(left_by_factor: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Between which values exposure left lies in nine draws of ten, when the weights move.

    ``left_by_factor``: per row Σ over people left of level/highest/100, for each factor. Exposure
    is linear in the weights, so that this is exact; unlike exposure itself, it does not add up.
    """
    drawn = left_by_factor @ weights.T
    return np.quantile(drawn, LOW, axis=-1), np.quantile(drawn, HIGH, axis=-1)


@dataclass(frozen=True, slots=True)
class Promise:
    """How many were expected to be done by a day of their own, and what came of it."""

    expected: int = 0
    due: int = 0
    in_time: int = 0

    @property
    def share(self) -> float | None:
        """In time, of those whose day is past; ``None``: nobody's is."""
        return self.in_time / self.due if self.due else None


def kept(deadlines: Iterable[tuple[date | None, date | None]], day: date) -> Promise:
    """Of pairs (last day on which done is in time, day on which it was done)."""
    expected = due = in_time = 0
    for last, done_on in deadlines:
        expected += 1
        if last is not None and last <= day:
            due += 1
            in_time += done_on is not None and done_on <= last
    return Promise(expected, due, in_time)


def booked_matrix(
    teams: Sequence[int], weeks: int, bookings: Iterable[tuple[int, int, int]]
) -> np.ndarray:
    """Bookings (team, week, people) as a row per team and a column per week; others' are left."""
    place: Mapping[int, int] = {team: row for row, team in enumerate(teams)}
    found = np.zeros((len(teams), weeks))
    for team, week, people in bookings:
        if team in place and week < weeks:
            found[place[team], week] += people
    return found
