"""The curve as a picture: where each line runs. What is drawn is in the template."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import floor, log10

from django.utils.formats import date_format

from leer.monitoring.exposure.reading import Moment, Standing

WIDTH, HEIGHT = 760, 380
LEFT, RIGHT, TOP, BOTTOM = 58, 14, 16, 40
STEPS = (1, 2, 2.5, 5, 10)
LINES = 5  # across, at most
MONTHS = 9  # names along the axis, at most


@dataclass(frozen=True)
class Tick:
    """A name along an axis, and its place."""

    at: str
    text: str


class Picture:
    """Coordinates of a curve; numbers with a point, as SVG wants them in every language."""

    def __init__(self, standing: Standing) -> None:
        self._moments = standing.moments
        self._day = standing.day
        self._low = standing.counted.planned_low
        self._high = standing.counted.planned_high
        self._ends = standing.ends
        self._first, self._last = self._moments[0].day, self._moments[-1].day
        values = [standing.total.cell.risk, *self._high, *(one.high or 0 for one in self._moments)]
        self._step = _step(max(values) or 1)
        self._most = self._step * -(-max(values) // self._step) or self._step

    width, height, left, top = WIDTH, HEIGHT, LEFT, TOP
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    @cached_property
    def planned(self) -> str:
        """The line of the plan."""
        return self._line((one.day, one.planned) for one in self._moments)

    @cached_property
    def flat(self) -> str:
        """The line of a flat roll-out."""
        return self._line((one.day, one.flat) for one in self._moments)

    @cached_property
    def real(self) -> str:
        """The line of what is so, up to the day."""
        return self._line((one.day, one.real) for one in self._known if one.real is not None)

    @cached_property
    def around_real(self) -> str:
        """Within this it lies when the weights move."""
        above = [(one.day, one.high) for one in self._known if one.high is not None]
        below = [(one.day, one.low) for one in reversed(self._known) if one.low is not None]
        return self._line([*above, *below])

    @cached_property
    def around_plan(self) -> str:
        """The same of what the plan leaves, for what is still to come."""
        ahead = [week for week, end in enumerate(self._ends[1:]) if end > self._day]
        above = [(self._ends[week + 1], self._high[week]) for week in ahead]
        below = [(self._ends[week + 1], self._low[week]) for week in reversed(ahead)]
        return self._line([*above, *below])

    @cached_property
    def now(self) -> tuple[str, str]:
        """The last point that is known."""
        last = self._known[-1]
        return self._x(last.day), self._y(last.real or 0.0)

    @cached_property
    def now_text(self) -> str:
        """The day, as it is written beside it."""
        return date_format(self._day, "j N")

    @property
    def now_anchor(self) -> str:
        """On which side of its line there is room."""
        return "end" if float(self.now[0]) > (self.left + self.right) / 2 else "start"

    @property
    def now_text_x(self) -> str:
        """A little beside it."""
        aside = -6 if self.now_anchor == "end" else 6
        return f"{float(self.now[0]) + aside:.1f}"

    @cached_property
    def heights(self) -> list[Tick]:
        """The lines across."""
        count = round(self._most / self._step)
        return [
            Tick(self._y(number * self._step), f"{number * self._step:.{self._digits}f}")
            for number in range(count + 1)
        ]

    @property
    def _digits(self) -> int:
        return 0 if self._step == int(self._step) else 1

    @cached_property
    def months(self) -> list[Tick]:
        """Beginnings of months along the bottom."""
        found = list(month_starts(self._first, self._last))
        every = -(-len(found) // MONTHS) or 1
        return [Tick(self._x(day), date_format(day, "N y")) for day in found[::every]]

    @property
    def _known(self) -> Sequence[Moment]:
        return [one for one in self._moments if one.real is not None]

    def _line(self, points: Iterable[tuple[date, float]]) -> str:
        return " ".join(f"{self._x(day)},{self._y(value)}" for day, value in points)

    def _x(self, day: date) -> str:
        share = (day - self._first).days / max(1, (self._last - self._first).days)
        return f"{self.left + share * (self.right - self.left):.1f}"

    def _y(self, value: float) -> str:
        return f"{self.bottom - value / self._most * (self.bottom - self.top):.1f}"


def _step(most: float) -> float:
    """A round number that goes at most so many times into it."""
    size: float = 10 ** floor(log10(most / LINES))
    return next(size * step for step in STEPS if size * step * LINES >= most)


def month_starts(first: date, last: date) -> Iterator[date]:
    """Every first of a month from the one day to the other."""
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1) if first.day > 1 else first
    while day <= last:
        yield day
        day = (day + timedelta(days=32)).replace(day=1)
