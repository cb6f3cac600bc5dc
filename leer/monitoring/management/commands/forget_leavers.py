"""Neemt de naam weg van wie lang genoeg weg is; dat gebeurt ook elke nacht."""

from argparse import ArgumentParser
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_date

from leer.monitoring import leavers


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="tel alleen, verander niets")
        parser.add_argument("--months", type=int, help="tel alsof dit de termijn was")
        parser.add_argument("--on", type=parse_date, help="tel alsof het deze dag was: 2028-11-26")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            self._count(options)
        else:
            count = leavers.forget_all()
            self.stdout.write(self.style.SUCCESS(f"{count} accounts hebben geen naam meer."))

    def _count(self, options: dict[str, Any]) -> None:
        months = options["months"] or settings.FORGET_LEAVERS_MONTHS
        day = options["on"] or timezone.localdate()
        now = timezone.make_aware(datetime.combine(day, time.max))
        count = leavers.gone_by(now, months=months).count()
        self.stdout.write(f"{count} accounts zijn langer dan {months} maanden weg.")
