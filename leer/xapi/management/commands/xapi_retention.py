"""How long facts are kept: the rules, and applying them."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from leer.xapi import retention
from leer.xapi.models import RetentionRule
from leer.xapi.transfer.progress import Progress

Action = RetentionRule.Action


class Command(BaseCommand):
    help = "Past de bewaarregels toe (dat gebeurt ook elke nacht), of verandert ze."

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_mutually_exclusive_group()
        does.add_argument("--dry-run", action="store_true", help="tel alleen, verander niets")
        does.add_argument(
            "--set",
            nargs=3,
            metavar=("SOORT", "MAANDEN", "DAARNA"),
            help=f"bewaar zo lang; daarna {' of '.join(Action)}; soort * is de rest",
        )
        does.add_argument(
            "--recommended",
            action="store_true",
            help="bewaar antwoorden, scores en eindes een jaar; vertel dat eerst aan iedereen",
        )
        does.add_argument("--remove", metavar="SOORT", help="bewaar weer voor altijd")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["set"]:
            self._set(*options["set"])
        elif options["remove"]:
            self._remove(options["remove"])
        elif options["recommended"]:
            retention.set_recommended()
            self._count()
        elif options["dry_run"]:
            self._count()
        else:
            self._apply()

    def _set(self, activity_type: str, months: str, action: str) -> None:
        if not months.isdecimal() or action not in Action:
            raise CommandError(f"Geef een aantal maanden en {' of '.join(Action)}.")
        try:
            retention.set_rule(activity_type, months=int(months), action=Action(action))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write("De regel geldt vanaf vannacht; nu toepassen: xapi_retention")

    def _remove(self, activity_type: str) -> None:
        if not retention.remove_rule(activity_type):
            raise CommandError("Deze regel is er niet. Bekijk ze met: xapi_retention --dry-run")
        self.stdout.write("De regel is weg.")

    def _count(self) -> None:
        for rule in RetentionRule.objects.order_by("activity_type"):
            count = retention.count_due(rule)
            said = f"{rule.months} maanden, daarna {rule.get_action_display()}"
            self.stdout.write(f"{rule.activity_type}  {said}: {count} feiten")

    def _apply(self) -> None:
        progress = Progress(self.stderr, "bekijken")
        gone = retention.apply_all(progress.add)
        progress.end()
        for activity_type, count in gone.items():
            self.stdout.write(f"{activity_type}: {count} feiten")
