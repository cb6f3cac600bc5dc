"""Measure what Leer costs: ``uv run python -m tests.load.measure``.

Starts ``manage.py start`` with the demo in a temporary folder, signs in people of the demo over
real HTTP and reports queries, CPU, latency and bytes per page; then how long starting and
stopping takes. See docs/developers/measurements.md for what each figure means.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.load import report, tasks, timing, weight
from tests.load.django_here import enter
from tests.load.http_browser import HttpBrowser
from tests.load.queries import Queries
from tests.load.requests import Request
from tests.load.server import CannotMeasure, Clocks, Server, Spent, idle
from tests.load.tasks import Task

AT_ONCE = 8
TEAM_SIZES = (5, 50)
IDLE_SECONDS = 4.0
HOME = Request("/mijn-leren/")


def main() -> int:
    """Measure, print, and keep; 1 when ``--check`` is given and a target is missed."""
    options = _options()
    with _data(options.data) as data:
        try:
            report = Measurement(Server(data), options).run()
        except CannotMeasure as error:
            sys.exit(str(error))
    print(report.as_markdown())
    if options.json:
        options.json.write_text(json.dumps(report.as_json(), indent=1, default=str) + "\n")
    missed = [target.name for target in report.targets() if not target.met]
    return 1 if options.check and missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.load.measure", description=__doc__)
    parser.add_argument(
        "--data", type=Path, help="a data folder to use (and add to) instead of a temporary one"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write every figure here")
    parser.add_argument("--rounds", type=int, default=5, help="rounds to take medians of (5)")
    parser.add_argument("--requests", type=int, default=60, help="per page and round (60)")
    parser.add_argument("--starts", type=int, default=5, help="second starts to time (5; 0: none)")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a target is missed")
    return parser.parse_args()


@contextmanager
def _data(given: Path | None) -> Iterator[Path]:
    if given:
        yield given.expanduser().resolve()
        return
    with tempfile.TemporaryDirectory(prefix="leer-measure-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "data"


class Measurement:
    """One run: a server, people who are signed in, and rounds over all tasks."""

    def __init__(self, server: Server, options: argparse.Namespace) -> None:
        self._server, self._options = server, options
        self._is_new = not (server.data / "leer.json").exists()
        self._people: dict[tasks.Who, list[HttpBrowser]] = {}

    def run(self) -> report.Report:
        """Everything, in order."""
        with self._server.running() as first_start:
            enter(self._server.data)
            clocks = Clocks(self._server.data)
            sign_in_cpu = self._sign_in(clocks)
            lines = self._lines(clocks)
            weights = self._weights()
            starts = self._starts(first_start if self._is_new else None)
        return report.Report(lines, weights, starts, sign_in_cpu, self._options.rounds)

    def _sign_in(self, clocks: Clocks) -> float:
        """Sign in eight learners and a manager; CPU ms per sign-in."""
        from tests.load import inside

        _tell("Signing in …")
        learners = [self._browser() for _ in range(AT_ONCE)]
        manager, spent = self._browser(), Spent()
        with spent.measured(clocks):
            for browser, name in zip(learners, inside.fresh_learners(AT_ONCE), strict=True):
                browser.sign_in(name)
            manager.sign_in(inside.MANAGER)
        self._people["learner"] = learners
        self._people["manager"] = [manager, *(manager.again() for _ in range(AT_ONCE - 1))]
        self._people["nobody"] = [self._browser() for _ in range(AT_ONCE)]
        return spent.web / (AT_ONCE + 1) * 1000

    def _browser(self) -> HttpBrowser:
        return HttpBrowser(self._server.port)

    def _lines(self, clocks: Clocks) -> list[report.Line]:
        todo = self._tasks()
        queries = self._count(todo)
        self._warm(todo)
        at_rest = idle(clocks, IDLE_SECONDS)
        rounds = [self._round(number, todo, clocks) for number in range(self._options.rounds)]
        return [
            report.Line(
                key=task.key,
                name=task.name,
                queries=queries.get(task.key),
                alone=timing.middle([r[task.key][0].figures(at_rest) for r in rounds]),
                together=timing.middle([r[task.key][1].figures(at_rest) for r in rounds]),
                wire=self._wire(task),
            )
            for task in todo
        ]

    def _tasks(self) -> list[Task]:
        from tests.load import inside

        stylesheet = weight.stylesheet_of(self._people["nobody"][0], "/hulp/")
        return [
            *tasks.floor(stylesheet),
            *tasks.learner_pages(),
            *tasks.learner_acts(inside.answers(), inside.path()),
            *tasks.team_pages(inside.teams(TEAM_SIZES)),
        ]

    def _count(self, todo: list[Task]) -> dict[str, Queries]:
        """In this process, on the same database, with other people than the timed ones."""
        from tests.load import inside

        _tell("Counting queries …")
        learner = inside.fresh_learners(1)[0]
        browsers = {
            "nobody": inside.InsideBrowser(),
            "learner": inside.InsideBrowser(learner),
            "manager": inside.InsideBrowser(inside.MANAGER),
        }
        return {
            task.key: inside.count(task, browsers[task.who])
            for task in todo
            if task.key != "static"  # no view: whitenoise answers before Django asks anything
        }

    def _warm(self, todo: list[Task]) -> None:
        """Both web processes keep a cache of their own; eight connections reach both."""
        for task in todo:
            for browser in self._people[task.who]:
                for operation in task.prepare(browser)[:3]:
                    for request in operation:
                        browser.send(request)

    def _round(
        self, number: int, todo: list[Task], clocks: Clocks
    ) -> dict[str, tuple[timing.Round, timing.Round]]:
        """Every task once alone and once with eight."""
        _tell(f"Round {number + 1} of {self._options.rounds} …")
        wanted = self._options.requests
        return {
            task.key: (
                timing.alone(task, self._one(task, number), clocks, wanted),
                timing.together(task, self._people[task.who], clocks, wanted),
            )
            for task in todo
        }

    def _one(self, task: Task, number: int) -> HttpBrowser:
        return self._people[task.who][number % AT_ONCE]

    def _wire(self, task: Task) -> int:
        browser = self._one(task, 0).again()
        return sum(browser.send(request).wire for request in task.prepare(browser)[0])

    def _weights(self) -> dict[str, weight.Weight]:
        learner = self._people["learner"][0].again()
        return {
            "lesson": weight.weigh(learner, tasks.LESSON),
            "scenario": weight.weigh(learner, tasks.SCENARIO),
        }

    def _starts(self, first: float | None) -> report.Starts | None:
        """Stop and start again; the session of a learner outlives it."""
        if not self._options.starts:
            return None
        learner = self._people["learner"][0]
        pages, stops = [], []
        for number in range(self._options.starts):
            _tell(f"Start {number + 1} of {self._options.starts} …")
            learner.close()
            stops.append(self._server.stop())
            pages.append(self._server.start_until(learner, HOME))
        return report.Starts(first, pages, stops)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
