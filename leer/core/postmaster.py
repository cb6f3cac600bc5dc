"""Whether the embedded PostgreSQL really runs, and clearing up after one that was killed.

Its lock files stay behind after a kill -9 or a power cut. The number in them may be that of a
dead process that nobody has buried yet, or, after the machine went down, somebody else's. Then
the library that starts the server believes that it runs, PostgreSQL believes that another one
does, and nothing starts.
"""

import time
from pathlib import Path

import psutil

PATIENCE = 10.0  # seconds for killed processes to be gone


def is_alive(folder: Path) -> bool:
    """The server that this data directory names is there."""
    named = _named(folder)
    return any(process.pid == named for process in _processes(folder))


def clear_up(folder: Path) -> None:
    """Forget a server that is dead, so that another can start. Raises ``RuntimeError``.

    Its children, should any still be there, are ended first: two servers that write the same
    files would spoil them.
    """
    if _named(folder) is None or is_alive(folder):
        return
    deadline = time.monotonic() + PATIENCE
    while left := _processes(folder):
        if time.monotonic() > deadline:
            raise RuntimeError(f"een oude PostgreSQL stopt niet (proces {left[0].pid})")
        _kill(left)
        time.sleep(0.05)
    for lock in (*folder.glob(".s.PGSQL.*.lock"), _marker(folder)):
        lock.unlink(missing_ok=True)


def _marker(folder: Path) -> Path:
    return folder / "postmaster.pid"


def _named(folder: Path) -> int | None:
    """The process that the marker names; ``None`` without one, 0 when it is only half there."""
    try:
        return int(_marker(folder).read_text().partition("\n")[0])
    except FileNotFoundError:
        return None
    except ValueError:
        return 0


def _processes(folder: Path) -> list[psutil.Process]:
    """Every living process of a server on this data directory: it is where they all work."""
    return [
        process
        for process in psutil.process_iter(["name", "status"])
        if process.info["name"] == "postgres"
        and process.info["status"] != psutil.STATUS_ZOMBIE
        and _works_in(process, folder)
    ]


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return Path(process.cwd()) == folder.resolve()
    except psutil.Error:  # ended meanwhile, or not ours
        return False


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
