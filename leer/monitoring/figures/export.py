"""The figures of a page as a file: exactly what is on it."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from leer.monitoring.figures.reading import Flow, Row

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(flow: Flow) -> str:
    """With a byte order mark and semicolons, as a Dutch spreadsheet opens it."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in line] for line in _lines(flow))
    return "\ufeff" + file.getvalue()


def _lines(flow: Flow) -> Iterator[Iterable[str]]:
    yield (_("scène"), _("wat"), _("eerste keer, minstens"), _("tweede keer, minstens"))
    yield ("", _("mensen"), *_people(flow))
    for scene in flow.scenes:
        yield (scene.place, _("kwam hier"), *_pair(scene.came))
        yield from ((scene.place, row.label, *_pair(row)) for row in scene.choices)
    yield from ((row.label, row.outcome, *_pair(row)) for row in flow.endings)
    yield from ((row.label, _("stopte hier"), *_pair(row)) for row in flow.stops)


def _people(flow: Flow) -> tuple[str, str]:
    return _figure(flow.first.people), _figure(flow.again.people if flow.again else 0)


def _pair(row: Row) -> tuple[str, str]:
    return _figure(row.first), _figure(row.again)


def _figure(people: int) -> str:
    return str(people) if people else _("niet te zeggen")


def safe(cell: str) -> str:
    """A spreadsheet must not take a text for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
