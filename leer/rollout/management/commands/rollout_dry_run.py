"""Who would get what, and who is skipped for which reason; nothing is written."""

from argparse import ArgumentParser
from collections import Counter
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leer.accounts.models import User
from leer.rollout.models import Programme, ProgrammeState
from leer.rollout.running.dry_run import DryRun, Line, dry_run


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--programme", help="its public id; else every one that runs")
        parser.add_argument("--day", type=date.fromisoformat, help="2027-03-01; else today")
        parser.add_argument("--counts", action="store_true", help="counts only, nobody's key")

    def handle(self, *args: Any, **options: Any) -> None:
        day = options["day"] or timezone.localdate()
        for programme in _programmes(options["programme"]):
            self._tell(dry_run(programme, day), counts_only=options["counts"])

    def _tell(self, found: DryRun, *, counts_only: bool) -> None:
        self.stdout.write(f"programme\t{found.programme.public_id}\t{found.day}")
        for wave in found.waves:
            self.stdout.write(f"wave\t{wave.number}\t{wave.opens_on}\t{wave.hindrance or 'opens'}")
        counted = Counter((one.what, one.module_key, one.why) for one in found.lines)
        for (what, key, why), count in sorted(counted.items()):
            self.stdout.write(f"count\t{what}\t{key or '-'}\t{why}\t{count}")
        if not counts_only:
            self._tell_people(found.lines)

    def _tell_people(self, lines: tuple[Line, ...]) -> None:
        """By the key of the personnel system, and the user name of who has none."""
        people = User.objects.values_list("pk", "external_id", "username")
        keys = {pk: key or name for pk, key, name in people}
        for one in lines:
            due = one.due_on or "-"
            told = (keys[one.user], one.what, one.module_key or "-", str(due), one.why)
            self.stdout.write("person\t" + "\t".join(told))


def _programmes(public_id: str | None) -> list[Programme]:
    if public_id is None:
        return list(Programme.objects.filter(state=ProgrammeState.RUNNING))
    try:
        return [Programme.objects.get(public_id=public_id)]
    except (Programme.DoesNotExist, ValidationError) as error:
        raise CommandError(f"there is no programme {public_id}") from error
