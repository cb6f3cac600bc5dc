"""The clock of the tests: Leer asks the time in two places, and here it is told there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from unittest import mock

from django.utils import timezone

from leer.xapi.store import writing
from leer.xapi.store.positions import EPOCH, MICROSECOND, Positions


class Clock:
    """A moment that only moves when it is told to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self._positions = Positions()

    def __call__(self) -> datetime:
        """What time it is."""
        return self.moment

    def forward(self, days: int, *, hour: int, minute: int = 0) -> None:
        """So many days later, at this time of the day."""
        later = timezone.localtime(self.moment) + timedelta(days=days)
        self.moment = later.replace(hour=hour, minute=minute, second=0, microsecond=0)

    @contextmanager
    def running(self) -> Iterator["Clock"]:
        """Leer looks at this clock; the ledger, whose clock is the database's, gives out places
        of this moment.
        """
        write = partial(self._written, writing._write_fully)
        with (
            mock.patch.object(timezone, "now", self),
            mock.patch.object(writing, "_write_fully", write),
            mock.patch.object(writing, "Positions", return_value=self._positions),
        ):
            yield self

    def _written(self, write: Any, units: Any, *, compare: bool, now: int | None) -> Any:
        return write(units, compare=compare, now=now or (self.moment - EPOCH) // MICROSECOND)
