"""``manage.py scenarios_draw PATH…``: scenarios as pictures. Needs no database."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leer.scenarios import drawing
from leer.scenarios.engine import Scenario
from leer.scenarios.files import Checked, check_one, find
from leer.scenarios.telling import problem_lines


class Command(BaseCommand):
    help = "Tekent scenario's als SVG, met dezelfde inhoud in woorden (.txt) ernaast."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, help="bestanden of mappen")
        parser.add_argument("--out", type=Path, help="map voor de tekeningen (naast het bestand)")
        parser.add_argument("--text", action="store_true", help="toon alleen de woorden")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = find(options["paths"])
        except FileNotFoundError as error:
            raise CommandError(f"{error} bestaat niet.") from None
        unread = [file for file in files if not self._draw(check_one(file), **options)]
        if unread or not files:
            raise CommandError(f"{len(unread)} van de {len(files)} scenario's niet te tekenen.")

    def _draw(self, checked: Checked, *, out: Path | None, text: bool, **_: Any) -> bool:
        if checked.scenario is None:
            for line in problem_lines(checked.file.path, checked.errors):
                self.stderr.write(line)
        elif text:
            self.stdout.write(drawing.text_of(checked.scenario))
        else:
            self._write(checked, checked.scenario, out)
        return checked.scenario is not None

    def _write(self, checked: Checked, scenario: Scenario, out: Path | None) -> None:
        picture = _picture_path(checked, out)
        picture.parent.mkdir(parents=True, exist_ok=True)
        diagram = drawing.diagram_of(scenario, problems=checked.errors)
        picture.write_text(drawing.svg(diagram, standalone=True), encoding="utf-8")
        words = picture.with_suffix(".txt")
        words.write_text(drawing.text_of(scenario), encoding="utf-8")
        self.stdout.write(f"{picture}\n{words}")


def _picture_path(checked: Checked, out: Path | None) -> Path:
    if out is None:
        return checked.file.path.with_suffix(".svg")
    return out / f"{checked.file.key}-{checked.file.language}.svg"
