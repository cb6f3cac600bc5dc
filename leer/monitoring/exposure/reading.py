"""How a programme stands, from the rows that were counted: what the dashboard and its file show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Q

from leer.monitoring.exposure import curve
from leer.monitoring.exposure.curve import Cell, Planned, Promise
from leer.monitoring.models import ExposureDay, ExposurePoint
from leer.risk.api import Band
from leer.rollout.models import Blocker, Programme, Wave

BANDS = (*(band.value for band in Band), "")  # the heaviest first; without a profile last
DAYS = 7


@dataclass(frozen=True)
class Share:
    """One counted row, beside what a flat roll-out would leave of it."""

    point: ExposurePoint
    flat: list[float]

    @cached_property
    def cell(self) -> Cell:
        """Its people on the day."""
        point = self.point
        return Cell(point.people, point.protected, point.risk, point.protected_risk)


@dataclass(frozen=True)
class Row:
    """A line of a table: some people on the day, and what plan and flat would have left by then."""

    region: str
    band: str
    teams: int
    cell: Cell
    planned: float
    flat: float
    promise: Promise
    last_day: date | None

    @property
    def share_left(self) -> float:
        """Of all exposure, what is left."""
        return 1 - self.cell.weighted_coverage

    @property
    def share_planned(self) -> float:
        """Of all exposure, what the plan had left."""
        return self.planned / self.cell.risk if self.cell.risk else 0.0

    @property
    def behind(self) -> bool:
        """More is left than was planned."""
        return self.cell.left > self.planned


@dataclass(frozen=True)
class Moment:
    """One place on the curve: what was left really (``None``: still to come), by plan, flat."""

    day: date
    planned: float
    flat: float
    real: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Held:
    """A blocker that stands, and how much exposure waits behind it."""

    blocker: Blocker
    left: float


@dataclass(frozen=True)
class Standing:
    """The dashboard of a programme on the last day that was counted."""

    programme: Programme
    counted: ExposureDay
    shares: tuple[Share, ...]
    history: tuple[tuple[date, float, float, float], ...]
    held: tuple[Held, ...]
    next_wave: Wave | None

    @property
    def day(self) -> date:
        """At the end of this day."""
        return self.counted.day

    @cached_property
    def total(self) -> Row:
        """Everybody."""
        return self._row(self.shares)

    @cached_property
    def by_region(self) -> list[Row]:
        """By name."""
        names = sorted({share.point.region for share in self.shares})
        return [self._row(self.of(region=name), region=name) for name in names]

    @cached_property
    def by_band(self) -> list[Row]:
        """The heaviest first."""
        return [self._row(found, band=band) for band in BANDS if (found := self.of(band=band))]

    @cached_property
    def rows(self) -> list[Row]:
        """Region by region, the bands within it."""
        ordered = sorted(
            self.shares, key=lambda share: (share.point.region, BANDS.index(share.point.band))
        )
        return [
            self._row([share], region=share.point.region, band=share.point.band)
            for share in ordered
        ]

    def of(self, *, region: str | None = None, band: str | None = None) -> list[Share]:
        """The rows of this region, or band."""
        return [
            share
            for share in self.shares
            if (region is None or share.point.region == region)
            and (band is None or share.point.band == band)
        ]

    def _row(self, shares: Sequence[Share], *, region: str = "", band: str = "") -> Row:
        last_days = {share.point.last_day for share in shares}
        last_day = last_days.pop() if len(last_days) == 1 else None
        return Row(
            region=region,
            band=band,
            teams=sum(share.point.teams for share in shares),
            cell=curve.together(share.cell for share in shares),
            planned=self._on_the_day(_planned_left(shares)),
            flat=self._on_the_day(_flat_left(shares)),
            promise=self._promise(shares, last_day),
            last_day=last_day,
        )

    def _promise(self, shares: Sequence[Share], last_day: date | None) -> Promise:
        expected = sum(share.point.expected for share in shares)
        past = last_day is not None and last_day <= self.day
        in_time = sum(share.point.in_time for share in shares)
        return Promise(expected, expected if past else 0, in_time)

    def _on_the_day(self, line: Sequence[float]) -> float:
        """Between two ends of a week, in proportion."""
        passed = max(0.0, ((self.day - self.programme.starts_on).days + 1) / DAYS)
        before = min(int(passed), len(line) - 1)
        after = min(before + 1, len(line) - 1)
        return line[before] + (passed - before) * (line[after] - line[before])

    @cached_property
    def without_profile(self) -> Row | None:
        """Teams of which the risk is not known."""
        found = self.of(band="")
        return self._row(found) if found else None

    # Over time ----------------------------------------------------------------------------------
    @cached_property
    def ends(self) -> list[date]:
        """The day before the programme begins, and the last of each week."""
        eve = self.programme.starts_on - timedelta(days=1)
        return [eve + timedelta(weeks=week) for week in range(len(self.planned))]

    @cached_property
    def planned(self) -> list[float]:
        """Exposure left by plan, at each of the ``ends``."""
        return _planned_left(self.shares)

    @cached_property
    def flat(self) -> list[float]:
        """Exposure left by a flat roll-out, at each of the ``ends``."""
        return _flat_left(self.shares)

    @cached_property
    def moments(self) -> list[Moment]:
        """The curve, week by week, and the day itself."""
        real = {day: values for day, *values in self.history}
        found = [
            Moment(day, planned, flat, *real.get(day, ()))
            for day, planned, flat in zip(self.ends, self.planned, self.flat, strict=True)
        ]
        if self.day not in self.ends:
            here = Moment(self.day, self.total.planned, self.total.flat, *real[self.day])
            found = sorted([*found, here], key=lambda moment: moment.day)
        return found

    @cached_property
    def days_saved(self) -> float:
        """Exposure-days that the order of the plan saves against the flat roll-out, over all of
        the programme.
        """
        return DAYS * (sum(self.flat[1:]) - sum(self.planned[1:]))

    @cached_property
    def days_real(self) -> float:
        """Exposure-days until now."""
        return self._area((day, left) for day, left, _, _ in self.history)

    @cached_property
    def days_planned(self) -> float:
        """What the plan had left until now."""
        return self._area((one.day, one.planned) for one in self.moments if one.day <= self.day)

    @cached_property
    def days_flat(self) -> float:
        """What a flat roll-out had left until now."""
        return self._area((one.day, one.flat) for one in self.moments if one.day <= self.day)

    def _area(self, points: Iterable[tuple[date, float]]) -> float:
        since = self.programme.starts_on - timedelta(days=1)
        return curve.area([point for point in points if point[0] > since], since=since)

    @property
    def leaders(self) -> Promise:
        """Leaders done before the first session of their team."""
        one = self.counted
        return Promise(one.leaders, one.leaders_due, one.leaders_in_time)

    @property
    def joiners(self) -> Promise:
        """Who came after the beginning, and has a term of their own."""
        one = self.counted
        return Promise(one.joiners, one.joiners_due, one.joiners_in_time)


def _planned_left(shares: Iterable[Share]) -> list[float]:
    """With the whole of it before the first week."""
    lines = [[share.cell.risk, *_planned(share.point).left] for share in shares]
    return curve.added(lines)


def _flat_left(shares: Iterable[Share]) -> list[float]:
    return curve.added([share.cell.risk, *share.flat] for share in shares)


def _planned(point: ExposurePoint) -> Planned:
    return Planned(point.region, point.people, point.risk, point.planned_people, point.planned_risk)


def standing_of(programme: Programme, on: date) -> Standing | None:
    """How the programme stood at the end of this day, or the last counted before it; in five
    queries however many teams there are. ``None``: nothing was counted by then.
    """
    counted = programme.exposure.filter(day__lte=on).order_by("-day").first()
    if counted is None:
        return None
    points = list(counted.points.order_by("region", "band"))
    shares = tuple(
        Share(point, line)
        for point, line in zip(points, curve.flat([_planned(p) for p in points]), strict=True)
    )
    return Standing(
        programme=programme,
        counted=counted,
        shares=shares,
        history=tuple(_history(programme, counted.day)),
        held=tuple(_held(programme, counted.day, shares)),
        next_wave=programme.waves.filter(opens_on__gt=counted.day).order_by("opens_on").first(),
    )


def _history(programme: Programme, until: date) -> Iterable[tuple[date, float, float, float]]:
    """Per Sunday, and on the day itself, what was left, and between which values."""
    ends = Q(day__iso_week_day=7) | Q(day=until)
    rows = programme.exposure.filter(ends, day__lte=until).order_by("day")
    for day, risk, gone, low, high in rows.values_list(
        "day", "risk", "protected_risk", "low", "high"
    ):
        yield day, max(0.0, risk - gone), low, high


def _held(programme: Programme, day: date, shares: Iterable[Share]) -> Iterable[Held]:
    standing = Q(solved_on=None) | Q(solved_on__gt=day)
    for blocker in programme.blockers.filter(standing, since__lte=day):
        behind = (s.cell for s in shares if blocker.region in {"", s.point.region})
        yield Held(blocker, curve.together(behind).left)


def latest_by_programme() -> dict[int, ExposureDay]:
    """Of each programme (by primary key) the last day that was counted."""
    rows = ExposureDay.objects.order_by("programme_id", "-day").distinct("programme_id")
    return {row.programme_id: row for row in rows.defer("planned_low", "planned_high")}
