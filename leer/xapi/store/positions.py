"""Places in the order of the ledger: one whole number that holds the moment of storing.

``position`` = microseconds since 1970 × 1024 + a number that tells apart what was stored in
the same microsecond. So the order of positions is the order of ``stored``, a filter on time is
a range of positions, and a year is a partition. Room until the year 2255.
"""

import secrets
import threading
from datetime import UTC, datetime, timedelta

BITS = 10
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Positions:
    """Gives out places; never the same one twice in a process, and hardly between processes
    (a clash breaks the primary key, and the write is done again).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def take(self, count: int, *, now: int) -> range:
        """So many places from this moment (microseconds since 1970) on."""
        with self._lock:
            first = max((now << BITS) + secrets.randbelow(1 << BITS), self._last + 1)
            self._last = first + count - 1
        return range(first, first + count)


def moment_of(position: int) -> datetime:
    """When what is at this place was stored."""
    return EPOCH + timedelta(microseconds=position >> BITS)


def first_at(at: datetime) -> int:
    """The first place that this moment has."""
    return ((at - EPOCH) // MICROSECOND) << BITS


def first_after(at: datetime) -> int:
    """The first place after this moment."""
    return first_at(at) + (1 << BITS)
