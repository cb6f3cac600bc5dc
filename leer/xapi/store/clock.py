"""What time it is, as the database has it.

Statements get their moment here, in the process that writes them. Where web servers and
database are different machines their clocks differ; the database refuses a moment that is more
than a second off (``xapi_enter``), and then the difference is measured anew.
"""

import time

from leer.xapi.store import database

LAG = 1_000_000  # microseconds that a moment may differ; migration 0002 has the same
MEASURED_EVERY = 60.0  # seconds


class Clock:
    """This machine's clock, put right every minute by what it differs from the database's."""

    def __init__(self) -> None:
        self._difference = 0
        self._good_until = 0.0

    def now(self) -> int:
        """Microseconds since 1970."""
        if time.monotonic() > self._good_until:
            self.adjust()
        return time.time_ns() // 1000 + self._difference

    def adjust(self) -> None:
        """Measure the difference."""
        theirs = int(database.rows(_CLOCK)[0][0])
        self._difference = theirs - time.time_ns() // 1000
        self._good_until = time.monotonic() + MEASURED_EVERY


_CLOCK = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint"
CLOCK = Clock()
