"""Fifty people who play stories at once: ``uv run python -m tests.load.crowd``.

Steps come at a steady pace, whether or not the server keeps up: each person chooses every half
second, at random, among the choices that the page offers, and begins again after an ending. How
long a step takes counts from when it was due, so that a slow answer cannot hide the ones behind
it. Against ``manage.py start`` with the demo, over real HTTP, as browsers with htmx do it.
"""

import argparse
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.load.django_here import enter
from tests.load.http_browser import HttpBrowser
from tests.load.requests import Request
from tests.load.server import CannotMeasure, Clocks, Server, Spent, idle
from tests.load.tasks import ATTEMPT, SCENARIO, STEP
from tests.load.together import at_once

CHOICE = re.compile(r'name="choice" value="([0-9a-f]+)"')
MOST_P95, MOST_CPU = 150.0, 6.0  # milliseconds
IDLE_SECONDS = 4.0
LEAD = 0.5  # seconds in which everybody takes their place


@dataclass
class Player:
    """Somebody who plays: ``took`` is milliseconds per step, ``ends`` of those that ended one."""

    browser: HttpBrowser
    dice: random.Random
    page: str = ""
    took: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    def begin(self) -> None:
        """Begin the story, or go on where it was."""
        self.browser.send(Request(f"{SCENARIO}start/", {}, expect=302))
        self.page = self.browser.send(Request(SCENARIO)).text

    def begin_anew(self) -> None:
        """Play on to an ending, and begin again."""
        while CHOICE.search(self.page):
            self._choose()
        self.begin()

    def play(self, dues: Sequence[float], *, counted: bool) -> None:
        """One step at each of these moments, or as soon after it as the last answer is there."""
        for due in dues:
            time.sleep(max(0.0, due - time.monotonic()))
            self._choose()
            taken = (time.monotonic() - due) * 1000
            over = not CHOICE.search(self.page)
            if counted:
                (self.ends if over else self.took).append(taken)
            if over:
                self.begin()

    def _choose(self) -> None:
        form = {
            "attempt": ATTEMPT.findall(self.page)[0],
            "step": STEP.findall(self.page)[0],
            "choice": self.dice.choice(CHOICE.findall(self.page)),
        }
        self.page = self.browser.send(Request(f"{SCENARIO}kies/", form, htmx=True)).text


@dataclass(frozen=True)
class Outcome:
    """What came of it; milliseconds, but for the rates."""

    people: int
    wanted: float
    reached: float
    steps: int
    median: float
    p95: float
    p99: float
    end_p95: float
    web_cpu: float
    database_cpu: float
    step_web_cpu: float
    step_database_cpu: float

    def as_markdown(self) -> str:
        """One row of the table in docs/developers/measurements.md."""
        return (
            f"| {self.people} | {self.wanted:.0f} | {self.reached:.0f} | {self.median:.0f},"
            f" {self.p95:.0f}, {self.p99:.0f} ms | {self.end_p95:.0f} ms"
            f" | {self.step_web_cpu:.1f}, {self.step_database_cpu:.1f} ms"
            f" | {self.web_cpu:.1f}, {self.database_cpu:.1f} ms |"
        )


HEAD = (
    "| people | steps/s asked | reached | median, p95, p99 | p95 of the steps that end a story |"
    " web, database CPU of an ordinary step | web, database CPU per step, endings and beginnings"
    " included |\n|---:|---:|---:|---:|---:|---:|---:|"
)


def main() -> int:
    """Measure and print; 1 when ``--check`` is given and a target is missed."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="leer-crowd-", ignore_cleanup_errors=True) as folder:
        data = options.data.expanduser().resolve() if options.data else Path(folder) / "data"
        try:
            outcome = _measured(Server(data), options)
        except CannotMeasure as error:
            sys.exit(str(error))
    print(HEAD, outcome.as_markdown(), sep="\n")
    missed = outcome.p95 > MOST_P95 or outcome.web_cpu > MOST_CPU
    return 1 if options.check and missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load.crowd", description=__doc__)
    parser.add_argument("--data", type=Path, help="a data folder with the demo, to use and add to")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rate", type=float, default=100, help="steps a second, of all (100)")
    parser.add_argument("--seconds", type=float, default=30, help="that count (30)")
    parser.add_argument("--warm", type=float, default=8, help="seconds before, that do not (8)")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    return parser.parse_args()


def _measured(server: Server, options: argparse.Namespace) -> Outcome:
    with server.running():
        enter(server.data)
        players = _players(server, options.people)
        clocks = Clocks(server.data)
        _all_play(players, options.rate, options.warm, counted=False)
        at_rest, spent = idle(clocks, IDLE_SECONDS), Spent()
        with spent.measured(clocks):
            _all_play(players, options.rate, options.seconds, counted=True)
        ordinary = _ordinary(players, clocks, options, at_rest)
    return _outcome(players, options, spent.without_idle(at_rest), ordinary, spent.elapsed - LEAD)


def _ordinary(
    players: Sequence[Player], clocks: Clocks, options: argparse.Namespace, at_rest: Spent
) -> tuple[float, float]:
    """Milliseconds of web and of database CPU for a step that ends nothing: all begin anew, which
    does not count, and take fewer steps than the shortest story has; and so again.
    """
    from tests.load import inside

    spent, count, each = Spent(), 0, inside.fewest_steps() - 1
    seconds = each * len(players) / options.rate
    while count < options.seconds * options.rate:
        at_once([player.begin_anew for player in players])
        with spent.measured(clocks):
            _all_play(players, options.rate, seconds + 0.001, counted=False)
        count += each * len(players)
        assert all(CHOICE.search(player.page) for player in players)
    net = spent.without_idle(at_rest)
    return net.web / count * 1000, net.database / count * 1000


def _players(server: Server, count: int) -> list[Player]:
    """Signed in and in the story. Sessions are made here: a password costs half a second."""
    from tests.load import inside

    players = []
    for number, name in enumerate(inside.fresh_learners(count)):
        browser = HttpBrowser(server.port, inside.session_of(name))
        browser.send(Request("/mijn-leren/"))
        players.append(Player(browser, random.Random(number)))
        players[-1].begin()
    return players


def _all_play(players: Sequence[Player], rate: float, seconds: float, *, counted: bool) -> None:
    """Everybody at the same pace, evenly spread."""
    pause, began = len(players) / rate, time.monotonic() + LEAD
    steps = [pause * step for step in range(int(seconds / pause))]
    at_once(
        [
            partial(player.play, [began + number / rate + step for step in steps], counted=counted)
            for number, player in enumerate(players)
        ]
    )


def _outcome(
    players: Sequence[Player],
    options: argparse.Namespace,
    spent: Spent,
    ordinary: tuple[float, float],
    elapsed: float,
) -> Outcome:
    ends = [one for player in players for one in player.ends]
    took = [one for player in players for one in player.took] + ends
    cuts = statistics.quantiles(took, n=100)
    return Outcome(
        people=len(players),
        wanted=options.rate,
        reached=len(took) / elapsed,
        steps=len(took),
        median=cuts[49],
        p95=cuts[94],
        p99=cuts[98],
        end_p95=statistics.quantiles(ends, n=20)[-1],
        web_cpu=spent.web / len(took) * 1000,
        database_cpu=spent.database / len(took) * 1000,
        step_web_cpu=ordinary[0],
        step_database_cpu=ordinary[1],
    )


if __name__ == "__main__":
    sys.exit(main())
