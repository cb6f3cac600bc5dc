"""Print the annex for the DPIA, as docs/dpia-bijlage.md has it."""

from typing import Any

from django.core.management.base import BaseCommand

from leer.privacy.annex import document


class Command(BaseCommand):
    help = "Drukt de bijlage bij de DPIA af (docs/dpia-bijlage.md)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(document(), ending="")
