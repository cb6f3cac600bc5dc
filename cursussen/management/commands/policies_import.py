"""``manage.py policies_import FILE.csv``: the inventory of policies into the CMS, as drafts."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cursussen.policies import importing


class Command(BaseCommand):
    help = "Lees een lijst van afspraken in, als concepten; met één fout erin gebeurt er niets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only tell what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(_("Er is geen bestand %(path)s.") % {"path": file})
        plan = importing.read(file.name, file.read_bytes())
        self._show(plan)
        if plan.errors:
            raise CommandError(_("Er is niets ingelezen."))
        if not options["dry_run"]:
            importing.write(plan)

    def _show(self, plan: importing.Plan) -> None:
        for error in plan.errors:
            self.stderr.write(f"{error.file}:{error.line} {error.column}: {error.reason}")
        for words, changes in (
            (_("nieuw"), plan.made),
            (_("veranderd"), plan.changed),
            (_("overgeslagen."), plan.left),
        ):
            for change in changes:
                self.stdout.write(f"{change.row.sleutel}: {words} {change.left_because}".rstrip())
        self.stdout.write(_("%(count)d gelijk gebleven") % {"count": plan.same})
