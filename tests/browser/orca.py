"""What Orca says on a page, key by key. Run by hand; docs/developers/testing.md tells how.

``dbus-run-session -- uv run python -m tests.browser.orca ADDRESS USER PATH KEY…`` opens a running
Leer in a real Chromium on a screen that nobody sees, presses keys as X sends them (``Tab``,
``Return``, ``space``, ``Down``), and prints after each what Orca said. Everything it writes is in
a temporary folder. Speech goes to a voice without sound, as there may be no sound card: with
another voice Orca waits for it for ever.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS
from tests.browser.visitor import Visitor

SAID = re.compile(r"SPEECH OUTPUT: ['\"](.*)['\"]\s*(?:\{.*\})?$", re.MULTILINE)
VOICE = 'AddModule "dummy" "sd_dummy" ""\nDefaultModule dummy\n'
SWITCHES = ("interface toolkit-accessibility", "a11y.applications screen-reader-enabled")
UNTIL_READY = 180  # seconds
QUIET = 1.5  # seconds without a word: then Orca has said it (its last word may come a key late)


class Ear:
    """Listens to Orca by the log that it keeps."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._heard = 0

    def listen(self) -> list[str]:
        """What was said since the last time, once it is quiet."""
        size, since = -1, time.monotonic()
        while time.monotonic() - since < QUIET:
            time.sleep(0.2)
            if (now := self._log.stat().st_size) != size:
                size, since = now, time.monotonic()
        said = SAID.findall(self._log.read_text(errors="replace"))
        new, self._heard = said[self._heard :], len(said)
        return new

    def wait_until_it_speaks(self) -> None:
        """Orca is up; its log is written in pieces, so only some time after it first spoke."""
        until = time.monotonic() + UNTIL_READY
        while not (self._log.exists() and SAID.search(self._log.read_text(errors="replace"))):
            assert time.monotonic() < until, "Orca zwijgt"
            time.sleep(0.5)


@contextmanager
def running(*command: str) -> Iterator[None]:
    """A program for as long as this lasts."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.kill()
        process.wait()


@contextmanager
def orca(folder: Path, display: str) -> Iterator[Ear]:
    """A screen, somebody who gives windows the focus, and Orca."""
    home = folder / "home"
    (voice := home / ".config" / "speech-dispatcher").mkdir(parents=True)
    (voice / "speechd.conf").write_text(VOICE)
    os.environ |= {"DISPLAY": display, "HOME": str(home), "XDG_RUNTIME_DIR": str(folder)}
    log = folder / "orca.log"
    with ExitStack() as stack:
        stack.enter_context(running("Xvfb", display, "-screen", "0", "1280x1000x24"))
        time.sleep(2)
        stack.enter_context(running("openbox"))
        stack.enter_context(running("/usr/libexec/at-spi-bus-launcher", "--launch-immediately"))
        for switch in SWITCHES:
            schema, key = switch.split()
            command = ["gsettings", "set", f"org.gnome.desktop.{schema}", key, "true"]
            subprocess.run(command, check=False, stderr=subprocess.DEVNULL)
        stack.enter_context(running("orca", "--debug-file", str(log), "-e", "speech"))
        yield Ear(log)
        stop_speech(folder)


def stop_speech(folder: Path) -> None:
    """Orca started a speech dispatcher, which would outlive it."""
    for file in folder.glob("speech-dispatcher/pid/*.pid"):
        subprocess.run(["kill", file.read_text().strip()], check=False)


def hear(ear: Ear, address: str, username: str, path: str, keys: list[str]) -> None:
    """Sign in, open the page, press the keys."""
    with sync_playwright() as playwright:
        arguments = [*ARGUMENTS, "--force-renderer-accessibility", "--window-size=1280,1000"]
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", headless=False, args=arguments
        )
        visitor = Visitor(browser, address)
        visitor.sign_in(username)
        ear.wait_until_it_speaks()
        ear.listen()
        visitor.go(path)
        print(path, *ear.listen(), sep="\n    ", flush=True)
        for key in keys:
            subprocess.run(["xdotool", "key", key], check=True)
            print(key, *ear.listen(), sep="\n    ", flush=True)
        browser.close()


def main(address: str, username: str, path: str, *keys: str) -> None:
    """From the command line."""
    with tempfile.TemporaryDirectory() as folder, orca(Path(folder), ":99") as ear:
        hear(ear, address, username, path, list(keys))


if __name__ == "__main__":
    main(*sys.argv[1:])
