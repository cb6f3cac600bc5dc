"""Asking for work: one row per request, told to the broker when the transaction commits."""

import logging
from functools import partial
from typing import Any
from uuid import UUID

from celery import current_app
from django.db import transaction
from django.utils.json import normalize_json

from leer.core.models import Job

logger = logging.getLogger(__name__)
RUN_JOB = "leer.core.tasks.run_job"


def enqueue_path(
    path: str, *, args: list[Any] | None = None, kwargs: dict[str, Any] | None = None
) -> Job:
    """Ask for the function at this dotted path; runs after commit, at least once."""
    job = Job.objects.create(task=path, arguments=_arguments(args, kwargs))
    transaction.on_commit(partial(tell_broker, job.id))
    return job


def enqueue_once(path: str, *, key: str, kwargs: dict[str, Any] | None = None) -> Job:
    """Ask for it unless the same ``key`` was ever asked for; gives the one job of that key."""
    job, created = Job.objects.get_or_create(
        key=key, defaults={"task": path, "arguments": _arguments(None, kwargs)}
    )
    if created:
        transaction.on_commit(partial(tell_broker, job.id))
    return job


def tell_broker(job_id: UUID) -> bool:
    """Send the id. A broker that is down is no error here: the sweep sends it later.

    Returns whether the broker was reached.
    """
    try:
        current_app.send_task(RUN_JOB, [str(job_id)], retry=False)
    except Exception as error:  # any broker's own exception; the row is safe in the database
        logger.warning("broker not reached (%s); job %s waits for the sweep", type(error), job_id)
        return False
    return True


def _arguments(args: list[Any] | None, kwargs: dict[str, Any] | None) -> dict[str, Any]:
    return {"args": normalize_json(args or []), "kwargs": normalize_json(kwargs or {})}
