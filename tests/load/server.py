"""The real thing: ``manage.py start`` as its user runs it, and what its processes cost."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from leer.core.embedded import PROJECT_DIR
from tests.load.http_browser import HttpBrowser
from tests.load.requests import Request, UnexpectedAnswer

READY = "Leer draait"
PATIENCE = 600.0
PAUSE = 0.02
OURS = ("LEER_", "DJANGO", "DATABASE_URL", "PYTHONDONTWRITEBYTECODE")


class CannotMeasure(Exception):
    """Why there is no figure; shown as it is."""


def free_port() -> int:
    """A port that nobody uses now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """One data folder, started and stopped any number of times."""

    data: Path
    port: int = field(default_factory=free_port)
    arguments: Sequence[str] = ()
    _process: subprocess.Popen[bytes] | None = None

    @property
    def said(self) -> Path:
        """What ``start`` printed."""
        return self.data.with_suffix(".said")

    def start(self) -> float:
        """Start, and wait until it says that it is ready; seconds."""
        began = self._spawn()
        self._wait(lambda: READY in self.said.read_text())
        return time.monotonic() - began

    def start_until(self, browser: HttpBrowser, page: Request) -> float:
        """Start, and wait until this person has this page; seconds."""
        began = self._spawn()
        self._wait(lambda: _is_served(browser, page))
        seconds = time.monotonic() - began
        self._wait(lambda: READY in self.said.read_text())
        return seconds

    def stop(self) -> float:
        """Ask it to stop, as Ctrl-C does; seconds until nothing is left."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGINT)
        self._process.wait(60)
        return time.monotonic() - began

    def manage(self, *command: str) -> str:
        """Run a ``manage.py`` command beside it; what it printed."""
        environment = {n: v for n, v in os.environ.items() if not n.startswith(OURS)}
        done = subprocess.run(
            [sys.executable, str(PROJECT_DIR / "manage.py"), *command],
            env=environment | {"LEER_DATA": str(self.data)},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    @contextmanager
    def running(self) -> Iterator[float]:
        """Up for the length of a block; gives the seconds that the start took."""
        try:
            yield self.start()
        finally:
            if self._process and self._process.poll() is None:
                self.stop()

    def _spawn(self) -> float:
        environment = {n: v for n, v in os.environ.items() if not n.startswith(OURS)}
        command = [sys.executable, str(PROJECT_DIR / "manage.py"), "start"]
        began = time.monotonic()
        with self.said.open("wb") as said:
            self._process = subprocess.Popen(
                [*command, "--data", str(self.data), "--port", str(self.port), *self.arguments],
                env=environment,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        return began

    def _wait(self, ready: Callable[[], bool]) -> None:
        assert self._process is not None
        deadline = time.monotonic() + PATIENCE
        while not ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise CannotMeasure(f"Leer does not start:\n{self.said.read_text()}")
            time.sleep(PAUSE)


def _is_served(browser: HttpBrowser, page: Request) -> bool:
    try:
        browser.send(page)
    except (OSError, http.client.HTTPException, UnexpectedAnswer):
        browser.close()
        return False
    return True


class Clocks:
    """CPU seconds of the web server's processes and of PostgreSQL's."""

    def __init__(self, data: Path) -> None:
        running = json.loads((data / "running.json").read_text())
        (session,) = [p["session"] for p in running["processes"] if p["name"] == "web"]
        postmaster = int((data / "postgres" / "postmaster.pid").read_text().split()[0])
        self._web, self._database = psutil.Process(session), psutil.Process(postmaster)
        self._web_pids = set(_times(self._web))

    def web(self) -> dict[int, float]:
        """Per process of granian; none may have come or gone."""
        times = _times(self._web)
        if set(times) != self._web_pids:
            raise CannotMeasure("A web process was restarted during the measurement.")
        return times

    def database(self) -> dict[int, float]:
        """Per process of PostgreSQL; backends come and go."""
        return _times(self._database)


def _times(leader: psutil.Process) -> dict[int, float]:
    found = {}
    for process in [leader, *leader.children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        found[process.pid] = times.user + times.system
    return found


@dataclass
class Spent:
    """CPU seconds over the stretches that were measured, and how long those took."""

    web: float = 0.0
    database: float = 0.0
    elapsed: float = 0.0

    @contextmanager
    def measured(self, clocks: Clocks) -> Iterator[None]:
        """Add what this stretch costs."""
        web, database, began = clocks.web(), clocks.database(), time.monotonic()
        yield
        self.elapsed += time.monotonic() - began
        self.web += _grown(web, clocks.web())
        self.database += _grown(database, clocks.database())

    def without_idle(self, idle: "Spent") -> "Spent":
        """Less what the processes do when nobody asks anything (the worker polls)."""
        share = self.elapsed / idle.elapsed
        return Spent(
            web=max(0.0, self.web - idle.web * share),
            database=max(0.0, self.database - idle.database * share),
            elapsed=self.elapsed,
        )


def _grown(before: dict[int, float], after: dict[int, float]) -> float:
    return sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())


def idle(clocks: Clocks, seconds: float) -> Spent:
    """What the processes cost while nobody asks anything."""
    spent = Spent()
    with spent.measured(clocks):
        time.sleep(seconds)
    return spent
