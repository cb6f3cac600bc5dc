"""Background work that tests ask for; it leaves its traces in the database."""

import time

from django.db import transaction
from django.tasks import task

from leer.core.models import WorkerPulse


@task()
def leave_trace(name: str, seconds: float = 0.0) -> None:
    """Write that it was here, slowly if asked, in one transaction."""
    with transaction.atomic():
        WorkerPulse.objects.create(name=name, seen_at="2026-01-01T00:00:00Z")
        if seconds:
            time.sleep(seconds)


@task()
def fall_over(secret: str) -> None:
    """Fail with words that must not be kept."""
    raise ValueError(secret)
