"""The figures of a page as a file: exactly what is on it."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from leer.monitoring.figures.reading import Flow, Row


def lines_of(flow: Flow) -> Iterator[Iterable[str]]:
    """Line by line."""
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
