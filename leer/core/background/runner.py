"""Doing the work: claim, run, write the outcome; and sweep up what nobody holds."""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from leer.core.background.queue import tell_broker
from leer.core.models import Job, JobState

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
MOST_BEGINNINGS = 10
RESEND_AFTER = timedelta(seconds=20)
MOST_RESENT = 500  # in one sweep


def run(job_id: UUID) -> None:
    """Run one job, unless it is over or another worker holds it. Safe to call any time."""
    with _held(job_id) as held:
        if not held:
            return
        job = Job.objects.filter(pk=job_id).first()
        if job is None or job.is_over:
            return
        if job.attempts >= MOST_BEGINNINGS:  # it takes its worker down every time
            _finish(job, JobState.FAILED)
            return
        _start(job)
        try:
            _function(job.task)(*job.arguments["args"], **job.arguments["kwargs"])
        except Exception as error:
            logger.error("job %s (%s): %s", job.id, job.task, _where(error))
            _finish_badly(job, error)
        else:
            _finish(job, JobState.DONE)


def sweep() -> int:
    """Send open jobs again that have waited too long and that no worker holds.

    Returns how many were sent: the longest waiting first, and only so many at a time, so that a
    long queue in a healthy broker is not sent over and over. Stops at once when the broker is
    not reached. ``sent_at`` moves on with what was sent.
    """
    sent = []
    for job_id in _waiting_too_long():
        if not tell_broker(job_id):
            break
        sent.append(job_id)
    Job.objects.filter(id__in=sent).update(sent_at=timezone.now())
    return len(sent)


def _waiting_too_long() -> list[UUID]:
    late = Job.objects.filter(
        state__in=[JobState.QUEUED, JobState.RUNNING],
        sent_at__lt=timezone.now() - RESEND_AFTER,
    ).order_by("sent_at")
    ids = late.values_list("id", flat=True)[:MOST_RESENT]
    return [job_id for job_id in ids if not _is_held(job_id)]


def report_progress(job_id: UUID | str, done: int, total: int) -> None:
    """Show how far a job is, also while the job's own transaction is still open."""
    with closing(connection.copy()) as own, own.cursor() as cursor:
        cursor.execute(
            "update core_job set progress_done = %s, progress_total = %s where id = %s",
            [done, total, str(job_id)],
        )


def _function(path: str) -> Callable[..., Any]:
    found = import_string(path)
    return getattr(found, "func", found)


def _start(job: Job) -> None:
    job.state = JobState.RUNNING
    job.started_at = timezone.now()
    job.attempts += 1
    job.save(update_fields=["state", "started_at", "attempts"])


def _where(error: Exception) -> str:
    """The kind of error and the lines it went through, without the words of the error."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {places}"


def _finish(job: Job, state: JobState) -> None:
    job.state = state
    job.finished_at = timezone.now()
    job.save(update_fields=["state", "finished_at", "error"])


def _finish_badly(job: Job, error: Exception) -> None:
    """Say the kind of error only: its text may quote what somebody typed."""
    job.error = type(error).__name__
    if job.attempts >= MAX_ATTEMPTS:
        _finish(job, JobState.FAILED)
        return
    job.state = JobState.QUEUED
    job.sent_at = timezone.now()
    job.save(update_fields=["state", "error", "sent_at"])


@contextmanager
def _held(job_id: UUID) -> Iterator[bool]:
    """Hold the job's advisory lock; PostgreSQL lets go of it when this process dies."""
    key = _lock_key(job_id)
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [key])
        held = cursor.fetchone()[0]
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", [key])


def _is_held(job_id: UUID) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [_lock_key(job_id)])
        return not cursor.fetchone()[0]


def _lock_key(job_id: UUID) -> int:
    """Sixty-four signed bits of the id, as PostgreSQL's advisory locks take."""
    return int.from_bytes(job_id.bytes[:8], signed=True)
