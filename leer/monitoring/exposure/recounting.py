"""Days that were counted, beside what they would be if they were counted now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from leer.monitoring.exposure.counting import work_out
from leer.monitoring.models import ExposureDay, ExposurePoint

NO_FIGURE = {"id", "counted", "counted_at", "programme", "day"}
NEAR = 1e-6  # figures that are closer differ by how a computer adds only


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of a day, or of a region and band of it, that would be another one."""

    where: str
    field: str
    kept: Any
    now: Any


def differences(kept: ExposureDay) -> list[Difference]:
    """What would differ; nothing is changed."""
    day, points = work_out(kept.programme, kept.day)
    before, after = _by_place(kept, kept.points.all()), _by_place(day, points)
    return [
        Difference(place, field, before[place].get(field), after[place].get(field))
        for place in sorted(before.keys() | after.keys())
        for field in _fields(before.setdefault(place, {}), after.setdefault(place, {}))
    ]


def _by_place(day: ExposureDay, points: Iterable[ExposurePoint]) -> dict[str, dict[str, Any]]:
    """The figures of the day (no place), and those of each region and band."""
    return {"": _figures(day)} | {f"{one.region}/{one.band}": _figures(one) for one in points}


def _figures(row: Model) -> dict[str, Any]:
    names = (field.name for field in row._meta.concrete_fields)
    return {name: row.serializable_value(name) for name in names if name not in NO_FIGURE}


def _fields(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if not _same(before.get(name), after.get(name)):
            yield name


def _same(kept: Any, now: Any) -> bool:
    if isinstance(kept, list) and isinstance(now, list):
        return len(kept) == len(now) and all(map(_same, kept, now))
    if isinstance(kept, float) and isinstance(now, float):
        return abs(kept - now) < NEAR
    return bool(kept == now)
