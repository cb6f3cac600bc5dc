"""``manage.py scenarios_dump [FOLDER]``: scenarios from the database back into their files."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leer.scenarios.selectors import texts


class Command(BaseCommand):
    help = "Schrijft scenario's terug naar <map>/<sleutel>/<taal>.twee, letter voor letter."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.SCENARIO_FOLDER)
        parser.add_argument(
            "--latest", action="store_true", help="de nieuwste versie, ook als die niet live is"
        )
        parser.add_argument(
            "--force", action="store_true", help="overschrijf ook bestanden die anders zijn"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        wanted = {folder / name: text for name, text in texts(latest=options["latest"]).items()}
        there = {path: _written(path) for path in wanted}
        different = [path for path, text in there.items() if text not in {None, wanted[path]}]
        if different and not options["force"]:
            names = "\n".join(map(str, different))
            raise CommandError(
                f"Deze bestanden zijn anders dan in de database; er is niets geschreven."
                f" Met --force worden ze overschreven.\n{names}"
            )
        for path, text in wanted.items():
            self._write(path, text, known=there[path] == text)

    def _write(self, path: Path, text: str, *, known: bool) -> None:
        if not known:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        self.stdout.write(f"{path}: {'ongewijzigd' if known else 'geschreven'}")


def _written(path: Path) -> str | None:
    """What is in the file now; what cannot be read as text is different from everything."""
    if not path.exists():
        return None
    return path.read_bytes().decode("utf-8", errors="replace")
