"""``manage.py deidentify FILE``: what could give somebody away in this text? Needs no database."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leer.deidentification.engine.searching import search


class Command(BaseCommand):
    help = "Zoekt in een tekst wat iemand herkenbaar maakt; JSON, en 1 als er iets gevonden is."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="een tekst in UTF-8; - leest de invoer")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        findings = search(_read(file))
        self.stdout.write(
            json.dumps([found.to_json() for found in findings], ensure_ascii=False, indent=2)
        )
        if findings:
            # No CommandError: its message would stand between the JSON of whoever reads both.
            sys.exit(1)


def _read(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{file} is niet te lezen: {error.strerror}.", returncode=2) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{file} is geen tekst in UTF-8: byte {error.start} klopt niet. "
            "Bewaar het bestand als UTF-8 en probeer het weer.",
            returncode=2,
        ) from None
