"""Many requests, one commit.

What costs most of storing one statement is the commit: the database waits for the disk. So
requests that arrive while another one commits are committed together after it. Whoever comes
when nobody is writing leads: writes all that is waiting, tells each what came of it, and hands
the lead to whoever came meanwhile. An answer is given only after the commit of its own unit.
"""

import threading
from uuid import UUID

from django.db import OperationalError

from leer.xapi.store.writing import Unit, write

MOST_FACTS = 500  # in one commit


class Waiting:
    """A unit, and what came of it. ``turn`` is set when it is done, or when it leads."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.turn = threading.Event()
        self.new: frozenset[UUID] | None = None
        self.error: Exception | None = None

    @property
    def is_done(self) -> bool:
        """Written, or found to be impossible."""
        return self.new is not None or self.error is not None

    def write_alone(self) -> None:
        """In a transaction of its own."""
        try:
            self.new = write([self.unit])
        except Exception as error:
            self.error = error  # raised where the unit came from

    def result(self) -> frozenset[UUID]:
        """The ids that were new; raises what went wrong."""
        if self.error is not None:
            raise self.error
        return self.new or frozenset()


class Together:
    """The units of this process that wait to be written."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: list[Waiting] = []
        self._is_led = False

    def write(self, unit: Unit) -> frozenset[UUID]:
        """Store this unit; returns the ids that are new. Raises what ``writing.write`` raises."""
        mine = Waiting(unit)
        with self._lock:
            self._queue.append(mine)
            if not self._is_led:
                self._is_led = True
                mine.turn.set()
        mine.turn.wait()
        if not mine.is_done:
            self._lead()
        return mine.result()

    def _lead(self) -> None:
        taken = self._take()
        try:
            _write_all(taken)
        finally:
            with self._lock:
                if self._queue:
                    self._queue[0].turn.set()
                else:
                    self._is_led = False
            for waiting in taken:
                waiting.turn.set()

    def _take(self) -> list[Waiting]:
        """The first ones, as many as go in one commit; the leader's own is the very first."""
        with self._lock:
            count, facts = 1, len(self._queue[0].unit.facts)
            while count < len(self._queue):
                facts += len(self._queue[count].unit.facts)
                if facts > MOST_FACTS:
                    break
                count += 1
            taken, self._queue = self._queue[:count], self._queue[count:]
        return taken


def _write_all(taken: list[Waiting]) -> None:
    """In one transaction; one by one when that fails, so that one cannot spoil another's."""
    if len(taken) > 1:
        try:
            new = write([waiting.unit for waiting in taken])
        except OperationalError as error:  # the database is away: for everybody
            for waiting in taken:
                waiting.error = error
            return
        except Exception:  # noqa: S110 (tried again below, where it is told to whom it concerns)
            pass
        else:
            for waiting in taken:
                waiting.new = new
            return
    for waiting in taken:
        waiting.write_alone()


TOGETHER = Together()
