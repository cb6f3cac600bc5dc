"""Real processes for tests: a Celery worker of our own, started, killed and waited for."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connection


def wait_until(true: Callable[[], bool], *, seconds: float = 30) -> None:
    """Wait until something holds; fails the test when it does not in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(f"not so within {seconds} seconds")


def environment() -> dict[str, str]:
    """The environment of a process that works on the test's own database."""
    settings = connection.settings_dict
    address = quote(settings["HOST"], safe="") + (
        f":{settings['PORT']}" if settings["PORT"] else ""
    )
    who = settings["USER"] + (f":{settings['PASSWORD']}" if settings["PASSWORD"] else "")
    url = f"postgresql://{who}@{address}/{settings['NAME']}"
    return os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "leer.settings.test"}


class Worker:
    """A real Celery worker in a session of its own."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "celery", "-A", "leer", "worker", "-c", "2", "-l", "INFO"]
        self.process = subprocess.Popen(
            [*command, "--without-mingle", "--without-gossip"],
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self) -> None:
        """As a power cut would: nobody gets to say goodbye."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """As an operator would."""
        self.process.terminate()
        self.process.wait(20)


@contextmanager
def worker() -> Iterator[Worker]:
    """A worker for the length of a test."""
    running = Worker()
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.kill()
