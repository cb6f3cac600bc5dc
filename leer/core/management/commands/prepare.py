"""Make the database, translations, static files and demo ready; doing it again changes nothing."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from leer.core.translations import compile_all


class Command(BaseCommand):
    help = "Zet database, vertalingen, bestanden en (met --demo) het voorbeeld klaar."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="ook de voorbeeldorganisatie")

    def handle(self, *args: Any, **options: Any) -> None:
        self._migrate()
        compile_all()
        self._collect_static()
        if options["demo"] and apps.is_installed("leer.demo"):
            call_command("demo_load", stdout=self.stdout)

    def _migrate(self) -> None:
        loader = MigrationLoader(connection)
        applied = set(loader.applied_migrations)
        ours = {app.label for app in apps.get_app_configs()}
        if newer := [
            key
            for key in applied - set(loader.graph.nodes)
            if key[0] in ours and key not in self._replaced(loader)
        ]:
            raise CommandError(
                "Deze gegevens zijn gemaakt door een nieuwere versie van Leer"
                f" ({', '.join('.'.join(key) for key in sorted(newer))}).\n"
                "Werk Leer bij, of kies een andere map met --data MAP. Er is niets veranderd."
            )
        to_do = len(set(loader.graph.nodes) - applied)
        if to_do:
            self.stdout.write(f"Database bijwerken: {to_do} stappen …")
            call_command("migrate", verbosity=1, interactive=False, stdout=Counted(self, to_do))

    def _replaced(self, loader: MigrationLoader) -> set[tuple[str, str]]:
        return {old for new in loader.replacements.values() for old in new.replaces}

    def _collect_static(self) -> None:
        self.stdout.write("Bestanden voor de browser klaarzetten …")
        call_command("collectstatic", verbosity=0, interactive=False)


class Counted:
    """Standard output of ``migrate`` turned into a count."""

    def __init__(self, command: BaseCommand, total: int) -> None:
        self._command, self._total, self._done = command, total, 0

    def write(self, text: str) -> None:
        """Count each applied migration, and tell at every fiftieth."""
        self._done += text.count("Applying ")
        if "Applying " in text and self._done % 50 == 0:
            self._command.stdout.write(f"  {self._done} van {self._total}")
            self._command.stdout.flush()

    def flush(self) -> None:
        """Nothing is held back."""

    def isatty(self) -> bool:
        """No colours."""
        return False
