"""What it costs to give a wave: ``uv run python -m tests.load.assignments``.

A PostgreSQL of its own in a temporary folder, people in teams of twenty, and the very function
that the background job calls. Processor seconds beside wall time, so that a busy machine tells
the same. See docs/developers/rollout.md.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

TARGET = 60.0  # seconds, for 100,000 people and 5 modules


def main() -> int:
    """Measure and print; 1 when ``--check`` is given and the target is missed."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        met = _in(Path(folder), options)
    return 1 if options.check and not met else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load.assignments", description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--modules", type=int, default=5)
    parser.add_argument("--check", action="store_true", help="exit with 1 when it takes longer")
    return parser.parse_args()


def _in(folder: Path, options: argparse.Namespace) -> bool:
    from leer.core import embedded

    server = embedded.start_postgres(folder)
    os.environ["DATABASE_URL"] = embedded.database_url(folder)
    os.environ["LEER_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "leer.settings.test"
    try:
        return _measure(folder, options)
    finally:
        embedded.stop_postgres(server)


def _measure(folder: Path, options: argparse.Namespace) -> bool:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    from leer.rollout.models import Assignment
    from leer.rollout.running.comparing import compare, give_wave
    from leer.xapi import api as xapi
    from tests.load.rollout_world import build

    wave = build(people=options.people, modules=options.modules)
    clocks = _Clocks(folder)
    print(f"{options.people} people, {options.modules} modules", flush=True)
    seconds = clocks.measured("give the wave", lambda: give_wave(wave, report=clocks.tell))
    clocks.measured("give it once more", lambda: give_wave(wave))
    day = wave.opens_on
    clocks.measured("the daily comparison", lambda: compare(wave.programme, day))
    print(f"| assignments | {Assignment.objects.count()} |")
    print(f"| statements | {xapi.count()} |")
    connection.close()
    return seconds <= TARGET


class _Clocks:
    """Seconds on the wall, and of the processors: this process and every one of PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def measured(self, name: str, work: Callable[[], object]) -> float:
        """Do it, and print a row."""
        python, database, began = time.process_time(), self._database(), time.monotonic()
        work()
        wall = time.monotonic() - began
        mine, theirs = time.process_time() - python, self._database() - database
        print(f"| {name} | {wall:.1f} s | {mine:.1f} + {theirs:.1f} s of processor |", flush=True)
        return wall

    def tell(self, done: int, total: int) -> None:
        """As the page shows it."""
        print(f"\r{done} of {total}", end="\n" if done == total else "", file=sys.stderr)

    def _database(self) -> float:
        """Of the backend that serves this process, while it lives, and of the helpers."""
        spent = 0.0
        for process in psutil.process_iter(["name", "cmdline"]):
            if "postgres" in (process.info["name"] or "") and self._is_ours(process):
                times = process.cpu_times()
                spent += times.user + times.system
        return spent

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return any(
                str(self._folder) in part
                for one in (process, *process.parents())
                for part in one.cmdline()
            )
        except psutil.Error:
            return False


if __name__ == "__main__":
    sys.exit(main())
