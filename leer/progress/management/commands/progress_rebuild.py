"""Prove that progress equals the ledger, or repair it."""

import time
from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leer.accounts.models import User
from leer.progress import rebuild
from leer.progress.models import RebuildRun

SHOWN = 20
SECONDS = 5  # between two lines of how far it is


class Command(BaseCommand):
    help = (
        "Vergelijkt de voortgang met het grootboek; herstelt alleen met --repair. Wat werd gestopt,"
        " gaat verder waar het was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="alleen vergelijken (standaard)")
        choice.add_argument("--repair", action="store_true", help="herstellen, met een spoor")
        parser.add_argument("--anew", action="store_true", help="vooraan beginnen")

    def handle(self, *args: Any, **options: Any) -> None:
        run = rebuild.begin_or_resume(mends=options["repair"], anew=options["anew"])
        if run.people:
            self.stdout.write(f"Gaat verder na {run.people} mensen.")
        self._go_on(run)
        self.stdout.write(f"{run.facts} feiten van {run.people} mensen gelezen.")
        if not run.wrong:
            self.stdout.write("De voortgang is gelijk aan het grootboek.")
        elif run.mends:
            self.stdout.write(f"Hersteld: {run.wrong} rijen. Het spoor is bewaard (Repair).")
        else:
            raise CommandError("De voortgang is niet gelijk aan het grootboek. Herstel: --repair")

    def _go_on(self, run: RebuildRun) -> None:
        pace, told = Pace(run), Counter[str]()
        for wrong in rebuild.go_on(run):
            for one in wrong:
                self._tell(one, told)
            if line := pace.line():
                self.stderr.write(line)
        for title, count in told.items():
            if count > SHOWN:
                self.stdout.write(f"{title}: en nog {count - SHOWN}")

    def _tell(self, one: rebuild.Wrong, told: Counter[str]) -> None:
        title = _title(one)
        told[title] += 1
        if told[title] <= SHOWN:
            self.stdout.write(f"{title}: {one}")


def _title(one: rebuild.Wrong) -> str:
    if one.before is None:
        return "Ontbreekt"
    return "Zonder grond" if one.after is None else "Anders"


class Pace:
    """How far a run is, how fast it goes, and how long it will take."""

    def __init__(self, run: RebuildRun) -> None:
        self._run, self._all = run, User.objects.count()
        self._people, self._facts = run.people, run.facts
        self._began = self._told = time.monotonic()

    def line(self) -> str:
        """How far it is, when that was not told for a while."""
        now = time.monotonic()
        if now - self._told < SECONDS:
            return ""
        self._told = now
        seconds = now - self._began
        speed = (self._run.people - self._people) / seconds
        left = timedelta(seconds=round((self._all - self._run.people) / speed))
        return (
            f"  {self._run.people} van {self._all} mensen, {self._run.facts} feiten,"
            f" {(self._run.facts - self._facts) / seconds:.0f} per seconde, nog {left}"
        )
