"""The processes of one run: started, watched, stopped, and found again after a kill -9."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

PATIENCE = 10.0
# More falls than this within so many seconds: starting again does not help.
MOST_RESTARTS = 5
WINDOW = 60.0
CLOCK_MAY_STEP = 30.0


class KeepsFalling(Exception):
    """A process that falls over again and again."""


@dataclass
class Managed:
    """One process that must stay up. Its session id is its pid, so its children are found too."""

    name: str
    command: list[str]
    log: Path
    env: dict[str, str]
    restarts: list[float] = field(default_factory=list)
    popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C reaches us only, and we tell the others."""
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                self.command,
                env=self.env,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    @property
    def is_up(self) -> bool:
        """Has not ended."""
        return self.popen is not None and self.popen.poll() is None

    def may_restart(self) -> bool:
        """Whether it fell seldom enough of late; counts this fall."""
        now = time.monotonic()
        self.restarts = [moment for moment in self.restarts if now - moment < WINDOW] + [now]
        return len(self.restarts) <= MOST_RESTARTS

    def record(self) -> dict[str, Any]:
        """What the next start needs to find it again."""
        assert self.popen is not None
        return {"name": self.name, "session": self.popen.pid, "born": _born(self.popen.pid)}


@dataclass
class Crew:
    """All processes of one run."""

    members: list[Managed] = field(default_factory=list)

    def start(self, member: Managed) -> None:
        """Start one and keep it."""
        member.start()
        self.members.append(member)

    def watch(self, tell: Callable[[str], None], changed: Callable[[], None]) -> None:
        """Start again who fell over. Raises ``KeepsFalling`` when that does not help."""
        for member in self.members:
            if member.is_up:
                continue
            if not member.may_restart():
                raise KeepsFalling(f"{member.name} valt steeds om. Kijk in {member.log}.")
            tell(f"{member.name} is gestopt en wordt opnieuw gestart.")
            member.start()
            changed()

    def stop(self) -> None:
        """Ask all to stop, last started first; end by force who does not."""
        sessions = [member.popen.pid for member in reversed(self.members) if member.popen]
        stop_sessions(sessions)
        for member in self.members:
            if member.popen:
                member.popen.wait()


def left_behind(records: Iterable[dict[str, Any]]) -> list[int]:
    """The sessions among these that are still ours.

    A pid is given out again only when its session is empty, so somebody else who has it by now
    was born later.
    """
    return [record["session"] for record in records if _is_ours(record["session"], record["born"])]


def boot() -> str:
    """Which run of the machine this is: pids of another one say nothing."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:  # not Linux
        return str(int(psutil.boot_time()))


def _is_ours(session: int, born: float) -> bool:
    try:
        return abs(_born(session) - born) < CLOCK_MAY_STEP
    except psutil.NoSuchProcess:  # the leader is gone; its children may still be there
        return True


def _born(pid: int) -> float:
    """When this process began, in seconds since the epoch, as the clock stands now."""
    return float(psutil.Process(pid).create_time())


def stop_sessions(sessions: Iterable[int]) -> None:
    """Stop the leaders of these sessions and everything that they left behind."""
    sessions = list(sessions)
    for session in sessions:
        _signal(session, signal.SIGTERM)
    if _wait_until_gone(sessions):
        return
    for process in _in_sessions(sessions):
        _signal(process, signal.SIGKILL)
    _wait_until_gone(sessions)


def _wait_until_gone(sessions: list[int]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        left = _in_sessions(sessions)
        if not left:
            return True
        leaders_left = set(left) & set(sessions)
        if not leaders_left:  # children whose leader died without telling them
            for process in left:
                _signal(process, signal.SIGTERM)
        time.sleep(0.1)
    return False


def _in_sessions(sessions: list[int]) -> list[int]:
    """Every living process in one of these sessions."""
    found = []
    for process in psutil.process_iter(["status"]):
        try:
            alive = process.info["status"] != psutil.STATUS_ZOMBIE
            if alive and os.getsid(process.pid) in sessions:
                found.append(process.pid)
        except (ProcessLookupError, PermissionError):
            continue
    return found


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)
