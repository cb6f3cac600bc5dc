"""The data folder: database, log files, mail and keys of one installation."""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fasteners

# Raised when a folder made by this code can no longer be read by older code.
LAYOUT = 1
NEEDED_BYTES = 500 * 1024 * 1024


class CannotStart(Exception):
    """Why Leer does not start, and what to do; shown as it is."""


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one go: whoever reads it finds the old text or the new, never half."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text)
    os.replace(fresh, path)


@dataclass(frozen=True)
class DataFolder:
    """One data folder. ``prepare`` must have been called before anything is put in it."""

    path: Path

    @property
    def running_file(self) -> Path:
        """Who runs on this folder, and its processes; left behind by a kill -9."""
        return self.path / "running.json"

    @property
    def logs(self) -> Path:
        """A log file per process."""
        return self.path / "logs"

    def prepare(self) -> None:
        """Make it if it is not there; say clearly why it cannot be used."""
        try:
            self._shut()
            probe = self.path / ".probe"
            probe.write_text("")
            probe.unlink()
        except OSError as error:
            raise CannotStart(
                f"De gegevensmap {self.path} is niet te gebruiken: {error.strerror or error}.\n"
                "Maak haar schrijfbaar voor je eigen account, of kies een andere met --data MAP."
            ) from error
        self._check_space()
        self._check_layout()

    def _shut(self) -> None:
        """Mail, logs and uploads are nobody else's on this machine. The folder itself can be
        passed through: as root, the database runs as another user.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o711)
        self.logs.mkdir(exist_ok=True)
        for folder in (self.logs, self.path / "mail", self.path / "media"):
            if folder.exists():
                folder.chmod(0o700)

    def read_running(self) -> dict[str, Any]:
        """What ``running.json`` says; empty when there is none or it is broken."""
        try:
            found: dict[str, Any] = json.loads(self.running_file.read_text())
        except (OSError, ValueError):
            return {}
        return found

    def write_running(self, facts: dict[str, Any]) -> None:
        """Replace ``running.json`` in one go."""
        write_whole(self.running_file, json.dumps(facts))

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder; the system lets go of it when this process dies, however it dies."""
        lock = fasteners.InterProcessLock(self.path / "lock")
        if not lock.acquire(blocking=False):
            running = self.read_running()
            where = running.get("address", "een adres dat nog niet bekend is")
            raise CannotStart(
                f"Leer draait al op deze gegevens ({self.path}):\n"
                f"  {where} (proces {running.get('pid', 'onbekend')})\n"
                "Stop die eerst, of start met een andere map: --data MAP."
            )
        try:
            yield
        finally:
            lock.release()

    def keep_demo(self, *, demo: bool) -> None:
        """A folder is a demo's or it is not, for good: demo people with a password that
        everybody knows must never come among real ones.
        """
        facts = self._facts()
        if "demo" not in facts:
            self._write_facts(facts | {"demo": demo})
        elif facts["demo"] != demo:
            raise CannotStart(
                f"De gegevensmap {self.path} {'is' if facts['demo'] else 'is niet'} van de"
                " voorbeeldorganisatie; dat kan later niet veranderen.\n"
                f"Start {'zonder' if facts['demo'] else 'met'} --no-demo, of kies een andere map"
                " met --data MAP."
            )

    def _check_layout(self) -> None:
        facts = self._facts()
        if (made := facts.get("layout", LAYOUT)) > LAYOUT:
            raise CannotStart(
                f"De gegevensmap {self.path} is gemaakt door een nieuwere versie van Leer"
                f" (indeling {made}; deze versie kent {LAYOUT}).\n"
                "Werk Leer bij, of kies een andere map met --data MAP. Er is niets veranderd."
            )
        if not facts:
            self._write_facts({"layout": LAYOUT})

    def _facts(self) -> dict[str, Any]:
        marker = self.path / "leer.json"
        try:
            found: dict[str, Any] = json.loads(marker.read_text()) if marker.exists() else {}
        except ValueError as error:
            raise CannotStart(
                f'{marker} is beschadigd. Zet er dit in en start opnieuw: {{"layout": {LAYOUT}}}'
            ) from error
        return found

    def _write_facts(self, facts: dict[str, Any]) -> None:
        write_whole(self.path / "leer.json", json.dumps(facts))

    def _check_space(self) -> None:
        free = shutil.disk_usage(self.path).free
        if free < NEEDED_BYTES:
            raise CannotStart(
                f"Er is te weinig ruimte op de schijf van {self.path}:"
                f" {free // 2**20} MB vrij, {NEEDED_BYTES // 2**20} MB nodig.\n"
                "Maak ruimte vrij, of kies een andere map met --data MAP."
            )
