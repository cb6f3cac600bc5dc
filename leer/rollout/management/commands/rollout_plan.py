"""``manage.py rollout_plan INPUT.json``: who is trained in which week. Needs no database."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leer.rollout.planning import Method, files, plan, replan


class Command(BaseCommand):
    help = (
        "Maakt een planning van teams en plaatsen (JSON in, JSON uit), zonder de database."
        " Zie docs/developers/planning.md."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("input", help="bestand met teams en plaatsen; - is standaardinvoer")
        parser.add_argument(
            "--method", choices=list(Method), default=Method.GREEDY,
            help="greedy: uit te leggen (standaard); exact: met de minste blootstelling",
        )  # fmt: skip
        parser.add_argument("--seed", type=int, help="loot de volgorde van gelijke teams")
        parser.add_argument(
            "--replan", type=Path, metavar="PLAN.json", dest="earlier",
            help="houd zo veel mogelijk van dit eerdere plan, en meld wat verschuift",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.stdout.write(json.dumps(self._answer(**options), indent=2))
        except files.Unreadable as error:
            raise CommandError("\n".join(error.problems)) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from None

    def _answer(
        self, *, input: str, method: str, seed: int | None, earlier: Path | None, **_: Any
    ) -> dict[str, Any]:
        problem = files.read(_bytes_of(input))
        if earlier:
            booked = files.read_sessions(earlier.read_bytes())
            return files.write_replanned(replan(problem, booked))
        return files.write(plan(problem, method=Method(method), seed=seed))


def _bytes_of(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
