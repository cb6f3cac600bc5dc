"""Counts days of programmes again that were counted before, where they would differ now."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db.models import QuerySet

from leer.monitoring.exposure.counting import count_day
from leer.monitoring.exposure.recounting import Difference, differences
from leer.monitoring.models import ExposureDay


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", help="its public id; else all")
        parser.add_argument("--since", type=date.fromisoformat, help="the first day, 2027-03-01")
        parser.add_argument("--until", type=date.fromisoformat, help="the last day")
        parser.add_argument("--check", action="store_true", help="compare, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        changed = [self._look_at(day, keep=options["check"]) for day in _days(options)]
        if options["check"] and any(changed):
            raise CommandError(f"{sum(changed)} of {len(changed)} days differ")

    def _look_at(self, day: ExposureDay, *, keep: bool) -> bool:
        """Whether it differs; it is counted again then, unless it is to be kept."""
        found = differences(day)
        if not found:
            self._tell(day, "same")
        for one in found:
            self._tell(day, "differs" if keep else "counted", one)
        if found and not keep:
            count_day(day.programme, day.day)
        return bool(found)

    def _tell(self, day: ExposureDay, what: str, one: Difference | None = None) -> None:
        told = [str(day.programme.public_id), day.day.isoformat(), what]
        if one:
            told += [one.where or "-", one.field, str(one.kept), str(one.now)]
        self.stdout.write("\t".join(told))


def _days(options: dict[str, Any]) -> QuerySet[ExposureDay]:
    asked = {"programme__public_id": "programme", "day__gte": "since", "day__lte": "until"}
    narrowed = {field: options[name] for field, name in asked.items() if options[name]}
    try:
        days = ExposureDay.objects.filter(**narrowed)
    except ValidationError as error:
        raise CommandError(f"there is no programme {options['programme']}") from error
    return days.select_related("programme").order_by("programme_id", "day")
