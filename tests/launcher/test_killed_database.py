"""The database of a data folder, killed outright: it comes up again, whatever it left behind."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from leer.core import embedded, postmaster

pytestmark = pytest.mark.processes


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Any]:
    running = embedded.start_postgres(tmp_path)
    yield running
    embedded.stop_postgres(running)


def answers(data: Path) -> bool:
    with psycopg.connect(embedded.database_url(data)) as connection:
        return connection.execute("select 1").fetchone() == (1,)


def leader(server: Any) -> psutil.Process:
    return psutil.Process(server.get_pid())


def kill_all(server: Any) -> psutil.Process:
    """The leader first: it would start others, and they end by themselves."""
    first = leader(server)
    for process in [first, *first.children()]:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    return first


def test_after_a_kill_of_the_leader_alone(server: Any, tmp_path: Path) -> None:
    leader(server).kill()
    embedded.revive_postgres(server)
    assert answers(tmp_path)


def test_after_a_kill_of_all_its_processes_that_nobody_buried_yet(
    server: Any, tmp_path: Path
) -> None:
    dead = kill_all(server)
    embedded.revive_postgres(server)
    assert answers(tmp_path)
    assert server.get_pid() != dead.pid


def test_the_number_it_had_may_be_somebody_elses_by_now(server: Any, tmp_path: Path) -> None:
    """As after a restart of the machine: here it is the number of this very test."""
    marker = tmp_path / "postgres" / "postmaster.pid"
    said = marker.read_text().splitlines()
    kill_all(server)
    marker.write_text("\n".join([str(psutil.Process().pid), *said[1:]]) + "\n")
    assert not postmaster.is_alive(tmp_path / "postgres")
    embedded.revive_postgres(server)
    assert answers(tmp_path)


def test_a_connection_that_outlived_the_leader_is_ended_first(server: Any, tmp_path: Path) -> None:
    """Two servers on the same files would spoil them."""
    with psycopg.connect(embedded.database_url(tmp_path)) as connection:
        old = psutil.Process(connection.info.backend_pid)
        old.suspend()  # so that it does not notice
        leader(server).kill()
        embedded.revive_postgres(server)
        assert not old.is_running() or old.status() == psutil.STATUS_ZOMBIE
    assert answers(tmp_path)


def test_one_that_runs_is_left_alone(server: Any, tmp_path: Path) -> None:
    before = server.get_pid()
    embedded.revive_postgres(server)
    assert server.get_pid() == before
    assert embedded.is_running(server)
