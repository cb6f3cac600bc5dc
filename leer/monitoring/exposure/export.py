"""The dashboard as a file: exactly what is on the page."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from leer.monitoring.exposure.curve import Promise
from leer.monitoring.exposure.reading import Row, Standing
from leer.monitoring.templatetags.exposure import band_name, exposure, percent, region_name


def lines_of(standing: Standing) -> Iterator[Iterable[object]]:
    """Line by line."""
    yield (_("programma"), standing.programme.title)
    yield (_("stand aan het einde van"), standing.day.isoformat())
    yield from _measures(standing)
    yield ()
    yield _head(_("regio"))
    yield from (_line(region_name(row.region), row) for row in standing.by_region)
    yield _line(_("samen"), standing.total)
    yield ()
    yield (*_head(_("band")), _("uiterlijk"), _("op tijd klaar"))
    for row in standing.by_band:
        yield (*_line(band_name(row.band), row), _day(row.last_day), _share(row.promise))
    yield ()
    yield (_("tot en met"), _("werkelijk"), _("van"), _("tot"), _("gepland"), _("gelijk verdeeld"))
    for one in standing.moments:
        values = (one.real, one.low, one.high, one.planned, one.flat)
        yield (one.day.isoformat(), *(_number(value) for value in values))
    yield ()
    yield (_("wat ontbreekt"), _("regio"), _("sinds"), _("blootstelling die wacht"))
    for held in standing.held:
        blocker = held.blocker
        yield (blocker.what, blocker.region, blocker.since.isoformat(), _number(held.left))


def _measures(standing: Standing) -> Iterator[tuple[str, str]]:
    total = standing.total
    yield (_("blootstelling over"), _number(total.cell.left))
    yield (_("van"), _number(standing.counted.low))
    yield (_("tot"), _number(standing.counted.high))
    yield (_("gepland"), _number(total.planned))
    yield (_("dekking"), percent(total.cell.coverage))
    yield (_("dekking naar risico"), percent(total.cell.weighted_coverage))
    yield (_("blootstellingsdagen tot nu toe"), _number(standing.days_real))
    yield (_("blootstellingsdagen tot nu toe, gepland"), _number(standing.days_planned))
    yield (_("blootstellingsdagen tot nu toe, gelijk verdeeld"), _number(standing.days_flat))
    yield (_("blootstellingsdagen die de volgorde scheelt"), _number(standing.days_saved))
    yield (_("leidinggevenden op tijd"), _share(standing.leaders))
    yield (_("nieuwe collega’s op tijd"), _share(standing.joiners))


def _head(name: str) -> tuple[str, ...]:
    return (
        name, _("teams"), _("mensen"), _("beschermd"), _("dekking"), _("dekking naar risico"),
        _("blootstelling over"), _("gepland"), _("gelijk verdeeld"),
    )  # fmt: skip


def _line(name: str, row: Row) -> tuple[object, ...]:
    cell = row.cell
    figures = (_number(value) for value in (cell.left, row.planned, row.flat))
    shares = (percent(cell.coverage), percent(cell.weighted_coverage))
    return (name, row.teams, cell.people, cell.protected, *shares, *figures)


def _share(promise: Promise) -> str:
    share = promise.share
    return "" if share is None else percent(share)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _number(value: float | None) -> str:
    return "" if value is None else exposure(value, grouped=False)
