"""Load scenarios from their folder. The same text twice changes nothing."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leer.scenarios import api


class Command(BaseCommand):
    help = "Laadt scenario's (<map>/<sleutel>/<taal>.twee). Nieuwe tekst wordt een nieuwe versie."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.SCENARIO_FOLDER)
        parser.add_argument(
            "--publish", action="store_true", help="nieuwe versies ook meteen publiceren"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = sorted(options["folder"].glob("*/*.twee"))
        if not files:
            raise CommandError(f"Geen scenario's gevonden in {options['folder']}.")
        failed = [file for file in files if not self._load(file, publish=options["publish"])]
        if failed:
            raise CommandError(f"{len(failed)} van de {len(files)} scenario's niet geladen.")

    def _load(self, file: Path, *, publish: bool) -> bool:
        name = f"{file.parent.name}/{file.name}"
        try:
            text = file.read_text(encoding="utf-8")
            loaded = api.load(text, key=file.parent.name, language=file.stem)
        except (api.engine.TweeError, api.UnsoundScenarioError) as error:
            for problem in error.problems:
                self.stderr.write(f"{name}:{problem.line} [{problem.passage}] {problem.message}")
            return False
        if publish and loaded.version.scenario.live_version_id != loaded.version.pk:
            api.publish(loaded.version)
        state = "nieuwe versie" if loaded.created else "ongewijzigd"
        self.stdout.write(f"{name}: {state} ({loaded.version.number})")
        return True
