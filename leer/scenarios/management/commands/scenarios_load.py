"""Load scenarios from their folder. The same text twice changes nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leer.scenarios.files import check, find
from leer.scenarios.loading import ClashError, Outcome, load_all
from leer.scenarios.telling import problem_lines


class Command(BaseCommand):
    help = (
        "Laadt scenario's (<map>/<sleutel>/<taal>.twee). Nieuwe tekst wordt een nieuwe versie."
        " Alles of niets: is er één niet in orde, dan verandert er niets."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.SCENARIO_FOLDER)
        parser.add_argument(
            "--publish", action="store_true", help="nieuwe versies ook meteen publiceren"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.exists():
            raise CommandError(f"{folder} bestaat niet.")
        checked = check(find([folder]))
        if not checked:
            raise CommandError(f"Geen scenario's gevonden in {folder}.")
        wrong = [item for item in checked if not item.ok]
        for item in wrong:
            for line in problem_lines(item.file.name, item.errors):
                self.stderr.write(line)
        if wrong:
            raise CommandError(
                f"{len(wrong)} van de {len(checked)} scenario's niet in orde; er is niets geladen."
            )
        try:
            outcomes = load_all(checked, publish=options["publish"])
        except ClashError as clash:
            raise CommandError(f"{clash} Er is niets geladen.") from None
        for outcome in outcomes:
            self.stdout.write(_told(outcome))


def _told(outcome: Outcome) -> str:
    if outcome.held:
        return f"{outcome.file.name}: overgeslagen, de redactie houdt dit scenario bij"
    state = "nieuwe versie" if outcome.created else "ongewijzigd"
    live = ", gepubliceerd" if outcome.published else ""
    return f"{outcome.file.name}: {state} ({outcome.number}){live}"
