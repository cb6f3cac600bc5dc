"""What it takes to hold the progress of many people against the ledger (``manage.py
progress_rebuild``): facts a second, memory, and that it goes on where it was killed. Starts a
PostgreSQL of its own in a folder, and leaves nothing behind.

    nice uv run python -m tests.load.rebuild --facts 10000000
"""

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import psutil

from tests.load import django_here

MODULES = 5
COMMAND = [sys.executable, "manage.py", "progress_rebuild", "--check"]
FAR = re.compile(r"^  (\d+) van (\d+) mensen, (\d+) feiten")


def main() -> None:
    """Make the ledger, look at part of it, kill that, and let it go on to the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, default=10_000_000)
    options = parser.parse_args()
    with django_here.on_an_empty_database("leer.settings.development"):
        began = time.monotonic()
        facts = _ledger(options.facts)
        print(f"{facts:,} facts made in {time.monotonic() - began:.0f} s", flush=True)
        _measure()


def _ledger(facts: int) -> int:
    from leer.xapi.models import StatementRecord
    from tests.load.multiplying import multiply
    from tests.support import factories_content as make
    from tests.support import learning

    somebody = make.user_with(name="somebody")
    for number in range(MODULES):
        learning.do_whole_module(somebody, learning.whole_module(f"module-{number}"))
    return multiply(somebody, facts // StatementRecord.objects.count())


# Measuring ----------------------------------------------------------------------------------------
@dataclass
class Run:
    """What one run of the command came to: ``people`` and ``facts`` are how far it said it was."""

    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    people: int = 0
    facts: int = 0
    said: str = ""


def _measure() -> None:
    """Killed half way, and again to the end."""
    killed, resumed = _run(kill_at=0.5), _run(kill_at=None)
    print(resumed.said)
    print("| | until killed (SIGKILL) | from there to the end |\n|---|---:|---:|")
    for title, tell in ROWS.items():
        print(f"| {title} | {tell(killed)} | {tell(resumed)} |")


ROWS: dict[str, Callable[[Run], str]] = {
    "people, facts when last told": lambda run: f"{run.people:,}, {run.facts:,}",
    "seconds": lambda run: f"{run.seconds:.0f}",
    "seconds of CPU, without the database's": lambda run: f"{run.cpu:.0f}",
    "memory at most": lambda run: f"{run.memory >> 20} MiB",
}


def _run(kill_at: float | None) -> Run:
    """The command, to the end, or killed when it says that this share of the people is done."""
    began, run = time.monotonic(), Run()
    process = psutil.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    for line in process.stdout:
        run.said += line
        _look(process, run)
        if (told := FAR.match(line)) and _is_far(run, told) >= (kill_at or 2):
            process.kill()
            break
    process.wait()
    run.seconds = time.monotonic() - began
    return run


def _look(process: psutil.Popen, run: Run) -> None:
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        times = process.cpu_times()
        run.cpu = times.user + times.system
        run.memory = max(run.memory, process.memory_info().rss)


def _is_far(run: Run, told: re.Match[str]) -> float:
    run.people, people, run.facts = (int(number) for number in told.groups())
    return run.people / people


if __name__ == "__main__":
    main()
