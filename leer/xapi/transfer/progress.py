"""How far long work is, on the standard error of a command: a count, a share and a rate."""

import time
from typing import Any

SECONDS_BETWEEN = 1.0


class Progress:
    """On a terminal one line that changes; elsewhere a line now and then."""

    def __init__(self, out: Any, what: str) -> None:
        self._out, self._what = out, what
        self._began = self._told = time.monotonic()
        self._count = 0

    def add(self, count: int, share: float | None = None) -> None:
        """So many more were done; ``share`` of all, 0 to 1, where that is known."""
        self._count += count
        now = time.monotonic()
        if now - self._told >= SECONDS_BETWEEN:
            self._told = now
            self._say(share, last=False)

    def end(self) -> None:
        """The last word."""
        self._say(None, last=True)

    def _say(self, share: float | None, *, last: bool) -> None:
        rate = self._count / max(time.monotonic() - self._began, 0.001)
        of_all = "" if share is None else f"{share:7.1%}"
        end = "\r" if self._out.isatty() and not last else "\n"
        self._out.write(f"{self._what}{of_all}  {self._count:>10}  {rate:.0f}/s  ", ending=end)
