"""Questions about what was released."""

from collections.abc import Collection
from datetime import datetime

from leer.disclosure.models import Release, Tally


def latest(name: str) -> Release | None:
    """What may be shown of this table now."""
    return Release.objects.filter(name=name).order_by("-number").first()


def latest_of(names: Collection[str]) -> dict[str, Release]:
    """The same for several tables, in one query; those without a release are not in it."""
    rows = Release.objects.filter(name__in=names).order_by("name", "-number").distinct("name")
    return {row.name: row for row in rows}


def history(name: str) -> list[Release]:
    """Everything that was ever shown of this table, the first ahead."""
    return list(Release.objects.filter(name=name).order_by("number"))


def taken_until(name: str) -> datetime | None:
    """When people were last taken in: those before this moment; ``None``: nobody yet."""
    return Tally.objects.filter(name=name).values_list("until", flat=True).first()
