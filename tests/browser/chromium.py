"""The Chromium that these tests drive: the system's own, or brought here when there is none."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Error, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",  # the tests may run as root
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-dev-shm-usage",
]
PATIENCE = 300  # seconds for each way of bringing one
WAITING = ("-o", "DPkg::Lock::Timeout=120")  # another run may be installing the same


class CannotBring(Exception):
    """This way does not lead to a browser here."""


def launch(playwright: Playwright) -> Browser:
    """Start the first Chromium that can be had; fails the tests when none can."""
    refusals = []
    for bring in (_system, _playwrights_own, _from_packages):
        try:
            return playwright.chromium.launch(executable_path=bring(playwright), args=ARGUMENTS)
        except (CannotBring, Error, OSError, subprocess.SubprocessError) as error:
            refusals.append(f"- {_what(bring)}: {error}")
    pytest.fail(
        "Geen Chromium. De browsertests slaan niets over, dus ze falen. Geprobeerd:\n"
        + "\n".join(refusals)
        + "\nZet een van deze programma's in PATH: "
        + ", ".join(NAMES),
        pytrace=False,
    )


def _what(bring: Callable[..., str | None]) -> str:
    return (bring.__doc__ or "").rstrip(".")


def _system(playwright: Playwright) -> str:
    """The system's own Chromium."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise CannotBring("not installed")
    return found


def _playwrights_own(playwright: Playwright) -> None:
    """Playwright's download."""
    _run(sys.executable, "-m", "playwright", "install", "chromium")


def _from_packages(playwright: Playwright) -> str:
    """The package ``chromium`` of this system."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise CannotBring("needs root and apt-get")
    _run("apt-get", *WAITING, "update")
    _run("apt-get", *WAITING, "install", "--yes", "--no-install-recommends", "chromium")
    return _system(playwright)


def _run(*command: str) -> None:
    done = subprocess.run(
        command,
        timeout=PATIENCE,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
    )
    if done.returncode:
        raise CannotBring(f"{' '.join(command)}: {(done.stderr or done.stdout).strip()[-500:]}")
