"""What a killed start left behind is found again, and nothing else is touched."""

import subprocess
import sys
from pathlib import Path

import psutil

from leer.launcher.processes import Managed, left_behind


def sleeper(tmp_path: Path) -> Managed:
    """A process that was started as Leer starts its own."""
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    member = Managed("sleeper", command, tmp_path / "log", env={})
    member.start()
    return member


def test_a_process_of_ours_is_found_again(tmp_path: Path) -> None:
    member = sleeper(tmp_path)
    record = member.record()
    member.popen.kill()
    assert left_behind([record]) == [record["session"]]


def test_a_pid_that_somebody_else_has_by_now_is_left_alone(tmp_path: Path) -> None:
    member = sleeper(tmp_path)
    record = member.record() | {"born": psutil.boot_time() - 3600}
    member.popen.kill()
    assert left_behind([record]) == []


def test_a_session_whose_leader_is_gone_may_still_hold_children() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert left_behind([{"session": ended.pid, "born": 0.0}]) == [ended.pid]
