"""Real processes killed in the middle of a load: what was acknowledged is there afterwards."""

import contextlib
import http.client
import itertools
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import pytest

from leer.core import postmaster
from tests.launcher.test_start import ENVIRONMENT, Start, free_port, processes_on
from tests.support.processes import wait_until
from tests.xapi.rest_client import statement
from tests.xapi.withstanding.wire import Client

pytestmark = pytest.mark.processes
CONNECTIONS = 8
ACKNOWLEDGED = {200, 204}


class Leer:
    """A running Leer that is killed, and started again on the same data."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.start = Start(data, free_port())
        self.start.wait_until_well()
        said = self._manage("xapi_credentials", "make", "load", "--scopes", "all").split()
        self.client = Client(self.start.port, said[1], said[3])

    def _manage(self, *arguments: str) -> str:
        where = {"LEER_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "leer.settings.development"}
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env=ENVIRONMENT | where,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout

    def kill_everything(self) -> None:
        """As a power cut would: the launcher first, so that it starts nothing again."""
        self.start.process.kill()
        self.start.process.wait()
        while left := [*processes_on(self.data), *self.of_database()]:
            kill(left)

    def start_again(self) -> None:
        self.start = Start(self.data, self.start.port)
        self.start.wait_until_well()

    def of_database(self) -> list[psutil.Process]:
        """Every process of PostgreSQL, its leader first."""
        found = []
        for process in psutil.process_iter(["name"]):
            with contextlib.suppress(psutil.Error):
                is_one = process.info["name"] == "postgres"
                if is_one and Path(process.cwd()) == self.data / "postgres":
                    found.append(process)
        return sorted(found, key=lambda process: process.ppid() != 1)

    def database_runs(self, *, without: Iterable[psutil.Process]) -> bool:
        """There is a leader, and it is none of these."""
        return postmaster.is_alive(self.data / "postgres") and not any(
            process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in without
        )

    def web(self) -> set[int]:
        """The processes of the web server."""
        return {one.pid for one in processes_on(self.data) if "granian" in " ".join(one.cmdline())}


def kill(processes: Iterable[psutil.Process]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()


class Load:
    """Eight connections that store singles and batches, and note what was acknowledged."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._work) for _ in range(CONNECTIONS)]
        self.acknowledged: list[str] = []
        self.unanswered: list[list[str]] = []
        self.statuses: Counter[int] = Counter()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def wait_for(self, more: int) -> None:
        """Until so many more statements were acknowledged."""
        wanted = len(self.acknowledged) + more
        wait_until(lambda: len(self.acknowledged) >= wanted, seconds=60)

    def _work(self) -> None:
        while not self._over.is_set():
            with closing(self._client.connection()) as connection:
                self._use(connection)
            time.sleep(0.02)

    def _use(self, connection: http.client.HTTPConnection) -> None:
        """Until it breaks."""
        while not self._over.is_set():
            ids = [str(uuid4()) for _ in range(random.choice([1, 1, 1, 20, 60]))]
            try:
                status = self._store(connection, ids)
            except ConnectionRefusedError:  # nobody heard it
                return
            except (OSError, http.client.HTTPException):
                self.unanswered.append(ids)
                return
            self.statuses[status] += 1
            if status in ACKNOWLEDGED:
                self.acknowledged += ids

    def _store(self, connection: http.client.HTTPConnection, ids: list[str]) -> int:
        said: list[Any] = [statement(id=one) for one in ids]
        if len(ids) > 1:
            return self._client.send("POST", body=said, over=connection).status
        if random.random() < 0.5:
            return self._client.send("POST", body=said[0], over=connection).status
        path = f"/xapi/statements?statementId={ids[0]}"
        return self._client.send("PUT", path, said[0], over=connection).status


def found(client: Client, ids: Iterable[str]) -> dict[str, bool]:
    """Which of these are there, each asked for by its id."""

    def look(some: tuple[str, ...]) -> list[tuple[str, bool]]:
        with closing(client.connection()) as connection:
            return [(one, client.has(one, over=connection)) for one in some]

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        parts = pool.map(look, itertools.batched(ids, 200, strict=False))
        return dict(itertools.chain.from_iterable(parts))


def assert_nothing_is_lost(client: Client, load: Load) -> None:
    """Acknowledged means kept; without an answer a request was kept whole or not at all."""
    in_doubt = list(itertools.chain.from_iterable(load.unanswered))
    here = found(client, load.acknowledged + in_doubt)
    assert [one for one in load.acknowledged if not here[one]] == []
    for ids in load.unanswered:
        assert len({here[one] for one in ids}) == 1, ids


@contextlib.contextmanager
def load_on(client: Client) -> Iterator[Load]:
    load = Load(client)
    try:
        load.wait_for(300)
        yield load
    finally:
        load.stop()


@pytest.fixture(scope="module")
def leer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Leer]:
    data = tmp_path_factory.mktemp("killed") / "data"
    try:
        yield Leer(data)
    finally:
        while left := processes_on(data):
            kill(left)


def test_everything_killed_at_once_and_started_again(leer: Leer) -> None:
    with load_on(leer.client) as load:
        leer.kill_everything()
    assert load.unanswered
    leer.start_again()
    assert_nothing_is_lost(leer.client, load)


def one_connection(leer: Leer) -> list[psutil.Process]:
    """PostgreSQL itself then ends all others, and recovers."""
    busy = [one for one in leer.of_database() if "postgres leer" in " ".join(one.cmdline())]
    return busy[:1]


def leader(leer: Leer) -> list[psutil.Process]:
    """The launcher starts it again."""
    return leer.of_database()[:1]


def whole_database(leer: Leer) -> list[psutil.Process]:
    """The same, with nothing left of it."""
    return leer.of_database()


@pytest.mark.parametrize("victims", [one_connection, leader, whole_database])
def test_the_database_killed_under_a_web_server_that_goes_on(
    leer: Leer, victims: Callable[[Leer], list[psutil.Process]]
) -> None:
    web = leer.web()
    with load_on(leer.client) as load:
        killed = victims(leer)
        kill(killed)
        wait_until(lambda: load.statuses[503] > 0)
        wait_until(lambda: leer.database_runs(without=killed))
        load.wait_for(300)
    assert leer.web() == web
    assert set(load.statuses) <= ACKNOWLEDGED | {503}
    assert_nothing_is_lost(leer.client, load)


def test_a_web_server_killed_is_there_again(leer: Leer) -> None:
    with load_on(leer.client) as load:
        session = max(leer.web(), key=lambda pid: os.getsid(pid) == pid)
        os.killpg(session, 9)
        load.wait_for(300)
    assert set(load.statuses) <= ACKNOWLEDGED
    assert_nothing_is_lost(leer.client, load)
