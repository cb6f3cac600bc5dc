"""Rounds of requests: how long they take, and what they cost the server."""

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from tests.load.http_browser import HttpBrowser
from tests.load.requests import Operation
from tests.load.server import Clocks, Spent
from tests.load.tasks import Task
from tests.load.together import at_once


@dataclass
class Round:
    """One stretch of one task: seconds per operation, and the CPU of all of them."""

    seconds: list[float] = field(default_factory=list)
    spent: Spent = field(default_factory=Spent)

    def figures(self, idle: Spent) -> "Figures":
        """Milliseconds per operation."""
        spent = self.spent.without_idle(idle)
        count = len(self.seconds)
        return Figures(
            web_cpu=spent.web / count * 1000,
            database_cpu=spent.database / count * 1000,
            median=statistics.median(self.seconds) * 1000,
            p95=statistics.quantiles(self.seconds, n=20)[-1] * 1000,
            per_second=count / spent.elapsed,
        )


@dataclass(frozen=True)
class Figures:
    """Milliseconds per operation, and operations a second."""

    web_cpu: float
    database_cpu: float
    median: float
    p95: float
    per_second: float


def middle(rounds: Sequence[Figures]) -> Figures:
    """The median of each figure over the rounds."""
    names = Figures.__dataclass_fields__
    return Figures(**{name: statistics.median(getattr(r, name) for r in rounds) for name in names})


def alone(task: Task, browser: HttpBrowser, clocks: Clocks, wanted: int) -> Round:
    """One person, one request after another, on a new connection."""
    done = Round()
    browser.close()
    while len(done.seconds) < wanted:
        operations = task.prepare(browser)
        with done.spent.measured(clocks):
            done.seconds += [_timed(operation, browser) for operation in operations]
    return done


def together(task: Task, browsers: Sequence[HttpBrowser], clocks: Clocks, wanted: int) -> Round:
    """Several people at once, each after their own previous answer, without a pause.

    On new connections: which of the two web processes gets which is chance, and the server
    hangs up on who is silent for long.
    """
    done = Round()
    for browser in browsers:
        browser.close()
    while len(done.seconds) < wanted:
        work = [partial(_each_timed, task.prepare(browser), browser) for browser in browsers]
        with done.spent.measured(clocks):
            done.seconds += chain.from_iterable(at_once(work))
    return done


def _each_timed(operations: Sequence[Operation], browser: HttpBrowser) -> list[float]:
    return [_timed(operation, browser) for operation in operations]


def _timed(operation: Operation, browser: HttpBrowser) -> float:
    began = time.perf_counter()
    for request in operation:
        browser.send(request)
    return time.perf_counter() - began
