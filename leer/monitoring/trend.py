"""How a team came along, week by week. Counts in steps, so that nobody's week can be read from it.

The page of a team tells by name who is done, and never since when. So a line here never tells one
person's week: it rises by ``STEP`` people at a time, and a team that is too small has no line
(``docs/decisions/0031-team-page.md``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format

from cursussen import api as content
from leer.organisation import api as organisation
from leer.rollout import api as rollout

STEP = 5  # people: the domain document's smallest group
LEAST = 2 * STEP
WEEKS = 26

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 40, 16, 12, 32


@dataclass(frozen=True)
class Point:
    """At the end of a week: how many people had the module, and at least how many had done it."""

    day: date
    people: int
    at_least: int


@dataclass(frozen=True)
class Trend:
    """One module; no points where there were too few people for a line."""

    title: str
    key: str
    points: tuple[Point, ...]

    @cached_property
    def picture(self) -> "Picture":
        """As it is drawn."""
        return Picture(self.points)


def trends_of(team: organisation.Team) -> list[Trend]:
    """One for each module that the team had at the end of any of the last weeks."""
    live = content.modules()
    ends = rollout.week_ends_of(team, live, _sundays(timezone.localdate()))
    return [
        Trend(live[key].title, key, tuple(_points(rows)))
        for key, rows in groupby(ends, key=lambda end: end.module_key)
    ]


def _sundays(today: date) -> list[date]:
    last = today - timedelta(days=today.isoweekday())
    return [last - timedelta(weeks=weeks) for weeks in reversed(range(WEEKS))]


def _points(ends: Iterable[rollout.WeekEnd]) -> Iterator[Point]:
    for end in ends:
        if end.people >= LEAST:
            yield Point(end.day, end.people, end.done - end.done % STEP)


class Picture:
    """Where the lines run; numbers with a point, as SVG wants them in every language."""

    width, height, left, top = WIDTH, HEIGHT, LEFT, TOP
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    def __init__(self, points: Sequence[Point]) -> None:
        self._points = points
        self._most = max(point.people for point in points)

    @property
    def done(self) -> str:
        """At least so many were done: level until the week in which it rose."""
        return " ".join(f"{self._x(n)},{self._y(v)}" for n, v in self._steps("at_least"))

    @property
    def people(self) -> str:
        """So many had the module."""
        return " ".join(f"{self._x(n)},{self._y(v)}" for n, v in self._steps("people"))

    @property
    def heights(self) -> list[tuple[str, int]]:
        """The lines across, with what they mean."""
        every = STEP * (-(-self._most // (5 * STEP)))
        return [(self._y(value), value) for value in range(0, self._most + 1, every)]

    @property
    def days(self) -> list[tuple[str, str]]:
        """The first and the last week, along the bottom."""
        ends = {0, len(self._points) - 1}
        return [(self._x(n), date_format(self._points[n].day, "j N")) for n in sorted(ends)]

    def _steps(self, name: str) -> Iterator[tuple[int, int]]:
        before = None
        for number, point in enumerate(self._points):
            value = getattr(point, name)
            if before is not None and before != value:
                yield number, before
            yield number, value
            before = value

    def _x(self, number: int) -> str:
        share = number / max(1, len(self._points) - 1)
        return f"{self.left + share * (self.right - self.left):.1f}"

    def _y(self, value: int) -> str:
        return f"{self.bottom - value / self._most * (self.bottom - self.top):.1f}"
