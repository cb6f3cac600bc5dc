"""Prove that the counts of teams are what their people are, or repair them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from leer.accounts.models import User
from leer.monitoring.counts.checking import (
    SUMS,
    Sums,
    repair_person,
    repair_sums,
    wrong_people,
    wrong_sums,
)


class Command(BaseCommand):
    help = "Vergelijkt de tellingen van teams met de mensen; herstelt alleen met --repair."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="alleen vergelijken (standaard)")
        choice.add_argument("--repair", action="store_true", help="herstellen, met een spoor")

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = self._people(repair=options["repair"])
        wrong += sum(self._sums(one, repair=options["repair"]) for one in SUMS)
        if not wrong:
            self.stdout.write("De tellingen kloppen.")
        elif options["repair"]:
            self.stdout.write(f"Hersteld: {wrong}. Wat het was, staat in het spoor (Repair).")
        else:
            raise CommandError(f"{wrong} tellingen kloppen niet. Herstel: --repair")

    def _people(self, *, repair: bool) -> int:
        total, wrong = User.objects.count(), 0
        for user in wrong_people(timezone.localdate(), lambda done: self._show(done, total)):
            wrong += 1
            self.stdout.write(f"Anders geteld: persoon {user}")
            if repair:
                repair_person(user)
        return wrong

    def _sums(self, sums: Sums, *, repair: bool) -> int:
        today = timezone.localdate()
        found = repair_sums(sums, today) if repair else wrong_sums(sums, today)
        for one in found:
            self.stdout.write(f"{sums.name} {one}: {one.people}, moet zijn {one.wanted}")
        return len(found)

    def _show(self, done: int, total: int) -> None:
        self.stderr.write(f"  {done} van {total} mensen")
