"""Bring teams, functions and people in from CSV files."""

import getpass
from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from leer.organisation.api import ImportPlan, PlanOutdatedError, RowError, apply_plan, make_plan
from leer.organisation.importing.csv_source import SHEETS, read_paths
from leer.organisation.labels import KINDS

BAR_WIDTH = 30
ASK = "-"


class Command(BaseCommand):
    help = (
        "Imports the organisation from functies.csv, teams.csv and medewerkers.csv (see"
        " docs/developers/import.md). The same files twice change nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, help="a folder, or the files")
        parser.add_argument("--date", type=date.fromisoformat, help="effective date (today)")
        parser.add_argument(
            "--complete", action="store_true", help="who is not in medewerkers.csv has left"
        )
        parser.add_argument(
            "--force", action="store_true", help="also when more than a fifth of all would leave"
        )
        parser.add_argument(
            "--skip-errors", action="store_true", help="import the good rows, skip the wrong ones"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="only tell what would change; exit 1 on errors"
        )
        parser.add_argument(
            "--password",
            help="for demonstrations: the password of every new account; - asks for it",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        password = getpass.getpass() if options["password"] == ASK else options["password"]
        plan = make_plan(
            read_paths(_files(options["paths"])),
            on=options["date"] or timezone.localdate(),
            complete=options["complete"],
            force=options["force"],
            progress=self._progress(_("controleren")),
        )
        self._show(plan)
        refused = plan.objections or (plan.errors and not options["skip_errors"])
        if options["dry_run"]:
            self._end(_("Proef: er is niets veranderd."), failed=bool(refused))
        elif refused:
            self._end(_("Er is niets geïmporteerd."), failed=True)
        else:
            self._apply(plan, password, skip_errors=options["skip_errors"])

    def _apply(self, plan: ImportPlan, password: str | None, *, skip_errors: bool) -> None:
        try:
            apply_plan(
                plan,
                skip_errors=skip_errors,
                password=password,
                progress=self._progress(_("doorvoeren")),
            )
        except PlanOutdatedError as outdated:
            raise CommandError(str(outdated)) from outdated
        self._end(_("Niets te doen.") if plan.changes_nothing else _("Klaar."), failed=False)

    def _show(self, plan: ImportPlan) -> None:
        for line in _summary(plan):
            self.stdout.write(line)
        for line in _error_table(plan.errors):
            self.stderr.write(line)
        for objection in plan.objections:
            self.stderr.write(objection)

    def _end(self, text: str, *, failed: bool) -> None:
        if failed:
            raise CommandError(text)
        self.stdout.write(self.style.SUCCESS(text))

    def _progress(self, what: str) -> Any:
        """A bar that stays on its line on a terminal, and a line per step elsewhere."""
        on_terminal = self.stderr.isatty()

        def tell(done: int, total: int) -> None:
            share = done / total if total else 1.0
            bar = "█" * round(BAR_WIDTH * share)
            end = "\r" if on_terminal and done < total else "\n"
            self.stderr.write(f"{what}  {bar:░<{BAR_WIDTH}} {done}/{total}", self.style.NOTICE, end)

        return tell


def _files(paths: Sequence[Path]) -> Iterable[Path]:
    """The files asked for; of a folder, those of the three that are there."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [path / sheet.file for sheet in SHEETS if (path / sheet.file).is_file()]
        elif path.is_file():
            found.append(path)
        else:
            raise CommandError(_("Er is geen bestand of map %(path)s.") % {"path": path})
    if not found:
        names = ", ".join(sheet.file for sheet in SHEETS)
        raise CommandError(_("In deze map staat geen van: %(names)s.") % {"names": names})
    return found


def _summary(plan: ImportPlan) -> Iterable[str]:
    counts = plan.counts
    yield _("Ingangsdatum %(day)s") % {"day": plan.on.isoformat()}
    for kind, label in KINDS.items():
        if counts.get(kind):
            yield f"{counts[kind]:>8}  {label}"
    if plan.errors:
        errors = _("fouten")
        yield f"{len(plan.errors):>8}  {errors}"


def _error_table(errors: Sequence[RowError]) -> Iterable[str]:
    """Line, column and reason under each other."""
    if not errors:
        return
    head = (_("bestand"), _("regel"), _("kolom"), _("wat is er mis"))
    rows = [head, *((one.file, str(one.line), one.column, one.reason) for one in errors)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(head) - 1)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        yield "  ".join((*cells, row[-1]))
