"""``manage.py content_load [map]``: the texts of a content folder into the CMS."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cursussen.loading.loader import Outcome, load_content
from cursussen.loading.sources import ContentErrors
from cursussen.loading.texts import LoadableText


class Command(BaseCommand):
    help = "Laad de teksten uit de map met inhoud; wat niet veranderde of bewerkt is, blijft."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_FOLDER)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"De map {folder} bestaat niet.")
        try:
            outcomes = load_content(folder, self.show)
        except ContentErrors as errors:
            raise CommandError(
                f"{errors}\n{len(errors.errors)} fout(en); er is niets geladen."
            ) from None
        self.stdout.write(", ".join(f"{count} {outcome}" for outcome, count in outcomes.items()))

    def show(self, text: LoadableText, outcome: Outcome, number: int, total: int) -> None:
        """One line per text, as it happens."""
        self.stdout.write(f"[{number}/{total}] {text.source.key}: {outcome}")
