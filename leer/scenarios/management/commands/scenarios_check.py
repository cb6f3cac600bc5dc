"""``manage.py scenarios_check PATH…``: are these scenarios sound? Needs no database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leer.scenarios.files import Checked, check, find
from leer.scenarios.telling import endings_text, figures_text, json_of, lines_of


class Command(BaseCommand):
    help = "Leest en bewijst scenario's; talen in één map worden vergeleken. 1 bij fouten."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, help="bestanden of mappen")
        parser.add_argument("--json", action="store_true", help="als JSON, voor programma's")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            checked = check(find(options["paths"]))
        except FileNotFoundError as error:
            raise CommandError(f"{error} bestaat niet.") from None
        if not checked:
            raise CommandError("Geen scenario's gevonden.")
        if options["json"]:
            self.stdout.write(json.dumps(json_of(checked), ensure_ascii=False, indent=2))
        else:
            self._tell(checked)
        wrong = sum(not item.ok for item in checked)
        if wrong:
            raise CommandError(f"{wrong} van de {len(checked)} scenario's niet in orde.")

    def _tell(self, checked: list[Checked]) -> None:
        for item in checked:
            for line in lines_of(item):
                self.stdout.write(line)
            if item.ok:
                self.stdout.write(f"{item.file.path}: in orde")
                self.stdout.write(figures_text(item.figures))
        if len(checked) > 1:
            self.stdout.write(endings_text(checked))
