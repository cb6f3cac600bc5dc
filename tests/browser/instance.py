"""Leer as its users get it: ``manage.py start`` with the demo, on a port of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import psycopg

from leer.core import embedded
from tests.support.processes import wait_until

# What tests/conftest.py set for itself is not for the real thing.
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name != "DATABASE_URL" and not name.startswith(("LEER_", "DJANGO_"))
}
UNTIL_STARTED = 600  # with the demo a minute on a quiet machine; two cores are often shared
UNTIL_STOPPED = 90
WORK = "select from core_job where state in ('queued', 'running')"
IN_A_TRANSACTION = """
    select from pg_stat_activity
     where backend_type = 'client backend' and pid <> pg_backend_pid() and xact_start is not null
"""


class Instance:
    """One running Leer."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.said = data.with_suffix(".log")

    def start(self) -> None:
        """Start it, and wait until every part is well."""
        command = ["manage.py", "start", "--data", str(self.data), "--port", str(self.port)]
        with self.said.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=embedded.PROJECT_DIR,
                env=ENVIRONMENT,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C at pytest is ours to pass on
            )
        wait_until(lambda: self._has_said("Leer draait"), seconds=UNTIL_STARTED)
        wait_until(self.is_well, seconds=120)
        wait_until(self.has_no_work, seconds=UNTIL_STARTED)  # the demo's pictures in every size

    def stop(self) -> None:
        """As Ctrl-C does; by force when that takes too long."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(UNTIL_STOPPED)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def is_well(self) -> bool:
        """Whether ``/healthz`` calls every part well."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return bool(json.loads(answer.read())["status"] == "ok")
        except (urllib.error.URLError, OSError):
            return False

    def has_no_work(self) -> bool:
        """Whether the worker did everything that was asked of it."""
        with closing(self.database()) as database:
            return database.execute(WORK).fetchone() is None

    def database(self) -> psycopg.Connection:
        """A connection of our own to its database."""
        return psycopg.connect(embedded.database_url(self.data))

    @contextmanager
    def background_at_rest(self) -> Iterator[None]:
        """Hold worker and beat still, so that whatever changes meanwhile was the web’s doing. Not
        in the middle of a job: what it has locked would keep everybody waiting.
        """
        running = json.loads((self.data / "running.json").read_text())["processes"]
        held = [
            process
            for record in running
            if record["name"] in {"worker", "beat"}
            for process in _session(record["session"])
        ]
        self._suspend_between_jobs(held)
        try:
            yield
        finally:
            for process in held:
                process.resume()

    def _suspend_between_jobs(self, processes: list[psutil.Process]) -> None:
        while True:
            for process in processes:
                process.suspend()
            with closing(self.database()) as database:
                if not database.execute(IN_A_TRANSACTION).fetchone():
                    return
            for process in processes:
                process.resume()
            time.sleep(0.2)

    def _has_said(self, words: str) -> bool:
        said = self.said.read_text()
        assert self.process.poll() is None, f"Leer is niet gestart:\n{said}"
        return words in said


def _session(leader: int) -> list[psutil.Process]:
    process = psutil.Process(leader)
    return [process, *process.children(recursive=True)]


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
