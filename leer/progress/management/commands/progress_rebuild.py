"""Prove that progress equals the ledger, or repair it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leer.progress import rebuild
from leer.xapi import api as xapi

SHOWN = 20


class Command(BaseCommand):
    help = "Vergelijkt de voortgang met het grootboek; herstelt alleen met --repair."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="alleen vergelijken (standaard)")
        choice.add_argument("--repair", action="store_true", help="voortgang opnieuw maken")

    def handle(self, *args: Any, **options: Any) -> None:
        total = xapi.count()
        difference = rebuild.check(lambda done: self._show(done, total))
        self.stdout.write(f"{total} feiten gelezen.")
        if not difference:
            self.stdout.write("De voortgang is gelijk aan het grootboek.")
            return
        self._tell(difference)
        if not options["repair"]:
            raise CommandError("De voortgang is niet gelijk aan het grootboek. Herstel: --repair")
        rebuild.repair()
        self.stdout.write("Hersteld.")

    def _show(self, done: int, total: int) -> None:
        if done % 5000 == 0:
            self.stderr.write(f"  {done} van {total} feiten")

    def _tell(self, difference: rebuild.Difference) -> None:
        for title, rows in (
            ("Ontbreekt", difference.missing),
            ("Zonder grond", difference.unfounded),
            ("Anders", difference.different),
        ):
            for row in rows[:SHOWN]:
                self.stdout.write(f"{title}: {row}")
            if len(rows) > SHOWN:
                self.stdout.write(f"{title}: en nog {len(rows) - SHOWN}")
