"""Whether a data folder was made ready by exactly this code; then a start has less to do."""

import hashlib
from pathlib import Path

from leer.core.embedded import PROJECT_DIR

# What ``manage.py prepare`` works from.
SOURCES = ("uv.lock", "*/migrations/*.py", "*/*/migrations/*.py", "leer/static/**/*",
           "leer/*/static/**/*", "leer/locale/**/*.po")  # fmt: skip


def is_prepared(data: Path, *, demo: bool) -> bool:
    """This code made this folder ready before, and nothing it works from has changed."""
    try:
        return _marker(data).read_text() == _digest(demo=demo)
    except OSError:
        return False


def mark_prepared(data: Path, *, demo: bool) -> None:
    """Remember that this code made this folder ready."""
    _marker(data).write_text(_digest(demo=demo))


def _marker(data: Path) -> Path:
    return data / "postgres" / "leer-prepared"  # comes and goes with the database


def _digest(*, demo: bool) -> str:
    """Of the names, sizes and times of the sources; their contents would take longer."""
    files = sorted(file for pattern in SOURCES for file in PROJECT_DIR.glob(pattern))
    facts = [f"{f}:{f.stat().st_size}:{f.stat().st_mtime_ns}" for f in files if f.is_file()]
    return hashlib.sha256("\n".join([str(demo), *facts]).encode()).hexdigest()
