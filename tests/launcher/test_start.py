"""``manage.py start`` as its user meets it: real processes, real kills, clear refusals."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from tests.support.processes import wait_until

pytestmark = pytest.mark.processes
START = [sys.executable, "manage.py", "start", "--no-demo"]
ENVIRONMENT = {
    name: value
    for name, value in os.environ.items()
    if name not in {"DATABASE_URL", "LEER_DATA", "LEER_MEDIA", "LEER_STATIC"}
    and not name.startswith("DJANGO")
}


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


UNTIL_STARTED = 300  # with the demo a minute on a quiet machine; two cores are often shared


class Start:
    """One ``manage.py start``."""

    def __init__(self, data: Path, port: int) -> None:
        self.port = port
        self.said = data.with_suffix(f".{port}.log")
        with self.said.open("wb") as log:
            self.process = subprocess.Popen(
                [*START, "--data", str(data), "--port", str(port)],
                env=ENVIRONMENT,
                stdout=log,
                stderr=log,
            )

    @property
    def text(self) -> str:
        return self.said.read_text()

    def refused(self) -> str:
        assert self.process.wait(60) != 0
        return self.text

    def parts(self) -> dict[str, str]:
        """What /healthz says of each part."""
        url = f"http://127.0.0.1:{self.port}/healthz"
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                body = answer.read()
        except urllib.error.HTTPError as error:
            body = error.read()
        except OSError:
            return {}
        return dict(json.loads(body)["parts"])

    def wait_until_well(self) -> None:
        wait_until(lambda: "Leer draait" in self.text, seconds=UNTIL_STARTED)
        wait_until(lambda: set(self.parts().values()) == {"ok"}, seconds=60)


def processes_on(data: Path) -> list[psutil.Process]:
    """Everything alive that works on this data folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "status"]):
        try:
            words = " ".join(process.info["cmdline"] or [])
            ours = str(data) in words or str(data) in process.environ().get("LEER_DATA", "")
            if ours and process.info["status"] != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "data"
    yield folder
    for process in processes_on(folder):
        process.kill()


def test_everything_comes_up_recovers_from_kills_and_goes_down_without_a_trace(data: Path) -> None:
    first = Start(data, free_port())
    first.wait_until_well()
    # A second start on the same data says so, and where.
    refusal = Start(data, free_port()).refused()
    assert f"http://127.0.0.1:{first.port}" in refusal
    assert str(first.process.pid) in refusal
    # A killed worker is started again; meanwhile the health page names the right part.
    session = session_of("worker", data)
    os.killpg(session, signal.SIGKILL)
    wait_until(lambda: session_of("worker", data) != session)
    first.wait_until_well()
    # Killed outright, everything else stays behind; the next start clears that up.
    first.process.kill()
    first.process.wait()
    assert processes_on(data)
    second = Start(data, first.port)
    second.wait_until_well()
    assert "hersteld" in second.text
    second.process.send_signal(signal.SIGINT)
    assert second.process.wait(60) == 0
    assert "Alles is bewaard" in second.text
    assert processes_on(data) == []


def session_of(name: str, data: Path) -> int:
    records = json.loads((data / "running.json").read_text())["processes"]
    return int(next(record["session"] for record in records if record["name"] == name))


def test_a_taken_port_is_named_with_a_way_out(data: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        said = Start(data, port).refused()
    assert f"Poort {port} is al in gebruik" in said
    assert "--port" in said


def test_data_of_a_newer_version_is_left_alone(data: Path) -> None:
    data.mkdir()
    (data / "leer.json").write_text('{"layout": 99}')
    said = Start(data, free_port()).refused()
    assert "nieuwere versie" in said
    assert (data / "leer.json").read_text() == '{"layout": 99}'
