"""The background work of the organisation: two jobs for an import run, and forgetting.

Both jobs are idempotent by the run's id (see ``importing.runs``). Their progress is kept with
the job, through a connection of its own, so that it shows while the import is not committed.
"""

import time
from datetime import date
from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.tasks import task

from leer.accounts.api import User
from leer.core.background.runner import report_progress
from leer.organisation.importing import runs
from leer.organisation.importing.plan import Progress
from leer.organisation.models import ImportRun

SECONDS_BETWEEN = 0.3


def begin(*, by: User, files: dict[str, str], on: date, complete: bool) -> ImportRun:
    """Keep the texts and ask for the first job."""
    with transaction.atomic():
        run = runs.begin_run(by=by, files=files, on=on, complete=complete)
        ask_plan(run)
    return run


def ask_plan(run: ImportRun) -> None:
    """Ask for the first job of a run that waits to be planned."""
    with transaction.atomic():
        run.plan_job = UUID(plan_import.enqueue(str(run.pk)).id)
        run.save(update_fields=["plan_job"])


def ask_apply(run: ImportRun, *, seen: str, skip_errors: bool) -> None:
    """The administrator confirms the plan that was ``seen`` (its digest): ask for the second job,
    together with the change of state.
    """
    with transaction.atomic():
        runs.confirm(run, seen=seen, skip_errors=skip_errors)
        run.apply_job = UUID(apply_import.enqueue(str(run.pk)).id)
        run.save(update_fields=["apply_job"])


def ask_plan_again(run: ImportRun) -> None:
    """Look at the files once more, for instance after a job that failed."""
    with transaction.atomic():
        runs.plan_again(run)
        ask_plan(run)


@task()
def plan_import(run_id: str) -> None:
    """Make the plan of this run."""
    run = ImportRun.objects.get(pk=run_id)
    runs.plan_run(run_id, progress=_progress(run.plan_job))


@task()
def apply_import(run_id: str) -> None:
    """Carry out the plan of this run."""
    run = ImportRun.objects.get(pk=run_id)
    runs.apply_run(run_id, progress=_progress(run.apply_job))


@shared_task
def forget_old_uploads() -> None:
    """Names in import runs older than thirty days are of no use to anybody."""
    runs.forget_names()


def _progress(job_id: UUID | None) -> Progress:
    """Tell now and then: each telling is a connection of its own."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if job_id and (done >= total or now - last >= SECONDS_BETWEEN):
            last = now
            report_progress(job_id, done, total)

    return tell
