"""The worker says every ten seconds that it lives, so that ``/healthz`` can tell."""

from datetime import timedelta
from typing import Any

from celery import bootsteps
from django.db import connection
from django.utils import timezone

from leer.core.models import WorkerPulse

INTERVAL = 10.0
STALE_AFTER = timedelta(seconds=35)


class Pulse(bootsteps.StartStopStep):
    """A timer in the worker's main process; stops with it."""

    requires = {"celery.worker.components:Timer"}

    def start(self, worker: Any) -> None:
        """Beat at once, then on the timer."""
        self.beat(worker.hostname)
        self.timer = worker.timer.call_repeatedly(INTERVAL, self.beat, (worker.hostname,))

    def stop(self, worker: Any) -> None:
        """A worker that was told to stop is gone at once, not after a while."""
        self.timer.cancel()
        WorkerPulse.objects.filter(name=worker.hostname).delete()

    def beat(self, name: str) -> None:
        """Write the time; a database that is away for a moment must not end the worker."""
        try:
            WorkerPulse.objects.update_or_create(name=name, defaults={"seen_at": timezone.now()})
        except Exception:
            connection.close()


def is_beating() -> bool:
    """Some worker was seen lately."""
    return WorkerPulse.objects.filter(seen_at__gte=timezone.now() - STALE_AFTER).exists()
