"""What time it is, as the database has it.

Statements get their moment here, in the process that writes them. Where web servers and
database are different machines their clocks differ; the database refuses a moment that is not
of this transaction, give or take a second (``xapi_enter``), and then the difference is measured
anew.
"""

import time

LAG = 1_000_000  # microseconds that a moment may differ; migration 0002 has the same
READ = "select (extract(epoch from clock_timestamp()) * 1000000)::bigint"


class Clock:
    """This machine's clock, put right by what it differs from the database's: with every new
    connection, and whenever the database finds that it differs too much.
    """

    def __init__(self) -> None:
        self._difference = 0

    def now(self) -> int:
        """Microseconds since 1970."""
        return time.time_ns() // 1000 + self._difference

    def put_right(self, theirs: int) -> None:
        """``theirs`` is the database's now."""
        self._difference = theirs - time.time_ns() // 1000


CLOCK = Clock()
