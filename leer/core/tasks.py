"""Celery's doors into the background work; the work itself is in ``core.background``."""

from datetime import timedelta
from importlib import import_module
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from leer.core.background import runner
from leer.core.models import Job, WorkerPulse

KEEP_JOBS = timedelta(days=30)


@shared_task
def run_job(job_id: str) -> None:
    """Run the job with this id."""
    runner.run(UUID(job_id))


@shared_task
def sweep_jobs() -> None:
    """Send again what a dead broker or worker dropped."""
    runner.sweep()


@shared_task
def forget_old_jobs() -> None:
    """Jobs that ended a month ago, and sessions that ended, are of no use to anybody."""
    Job.objects.filter(finished_at__lt=timezone.now() - KEEP_JOBS).delete()
    WorkerPulse.objects.filter(seen_at__lt=timezone.now() - KEEP_JOBS).delete()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
