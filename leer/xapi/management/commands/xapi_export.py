"""The ledger to a file of lines (newline-delimited JSON)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leer.xapi.transfer.exporting import CannotResume, Choice, export
from leer.xapi.transfer.moments import moment
from leer.xapi.transfer.progress import Progress

REASONS = {
    FileExistsError: "Dit bestand is er al. Ga verder met --resume, of kies een andere naam.",
    CannotResume: "Dit bestand hoort niet bij deze uitvoer: kies een andere naam.",
}


class Command(BaseCommand):
    help = "Schrijft het grootboek naar een bestand, een feit per regel; .gz wordt ingepakt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="bijvoorbeeld grootboek.ndjson.gz")
        parser.add_argument("--resume", action="store_true", help="ga verder na de laatste regel")
        parser.add_argument("--since", help="alleen wat vanaf dan binnenkwam: 2027-01-01T00:00:00Z")
        parser.add_argument("--until", help="alleen wat voor dan binnenkwam")
        parser.add_argument(
            "--activity-prefix", action="append", default=[], help="begin van activiteiten"
        )
        parser.add_argument(
            "--with-private",
            action="store_true",
            help="ook wat voor één persoon is: alleen om een heel grootboek te verhuizen",
        )
        parser.add_argument("--with-attachments", type=Path, help="map voor de bijlagen")

    def handle(self, *args: Any, **options: Any) -> None:
        choice = Choice(
            since=moment(options["since"]),
            until=moment(options["until"]),
            prefixes=tuple(options["activity_prefix"]),
            private=options["with_private"],
            folder=options["with_attachments"],
        )
        progress = Progress(self.stderr, "uitvoeren")
        try:
            added = export(options["file"], choice, resume=options["resume"], tell=progress.add)
        except tuple(REASONS) as error:
            raise CommandError(REASONS[type(error)]) from error
        except OSError as error:
            raise CommandError(f"Schrijven lukt niet: {error.strerror}") from error
        progress.end()
        self.stdout.write(self.style.SUCCESS(f"{added} feiten uitgevoerd."))
