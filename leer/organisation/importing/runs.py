"""An import by way of the page, in two background jobs: first plan, then apply.

planning → planned or refused → applying → applied; back to planned when the database changed
since the plan was shown; failed when a job gave up. A job may run twice, or be killed half-way
and run again: each step looks at the state first and writes it in the transaction of its work.
"""

from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from leer.accounts.api import User
from leer.core.models import Job, JobState
from leer.organisation.importing.apply import carry_out
from leer.organisation.importing.csv_source import read_files
from leer.organisation.importing.errors import ImportRefusedError, PlanOutdatedError
from leer.organisation.importing.plan import ImportPlan, Progress, make_plan
from leer.organisation.importing.preview import preview
from leer.organisation.models import ImportRun, ImportState
from leer.organisation.signals import people_imported

KEEP_NAMES = timedelta(days=30)


def begin_run(*, by: User, files: dict[str, str], on: date, complete: bool = False) -> ImportRun:
    """Keep the texts and wait to be planned."""
    return ImportRun.objects.create(created_by=by, files=files, effective_on=on, complete=complete)


def plan_again(run: ImportRun) -> None:
    """Back to planning, for instance after a job that failed."""
    _move(run, {ImportState.FAILED, ImportState.PLANNED, ImportState.REFUSED}, ImportState.PLANNING)


def confirm(run: ImportRun, *, seen: str, skip_errors: bool) -> None:
    """The administrator saw the plan with the digest ``seen`` and wants exactly that one.

    Raises ``ValidationError`` when another plan took its place meanwhile.
    """
    may_go_on = {ImportState.PLANNED} | ({ImportState.REFUSED} if skip_errors else set())
    if run.summary.get("objections"):
        raise ValidationError(run.summary["objections"])
    run.skip_errors = skip_errors
    seen_runs = ImportRun.objects.filter(digest=seen)
    _move(run, may_go_on, ImportState.APPLYING, seen_runs, skip_errors=skip_errors, outdated=False)


def plan_run(run_id: UUID | str, *, progress: Progress | None = None) -> None:
    """First job: make the plan and keep what the page shows of it."""
    run = ImportRun.objects.get(pk=run_id)
    if run.state == ImportState.PLANNING:
        _show(run, _plan(run, progress), outdated=False)


def apply_run(run_id: UUID | str, *, progress: Progress | None = None) -> None:
    """Second job: carry the plan out, and tell the layers above; each once is enough."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state == ImportState.APPLYING:
            _carry_out(run, progress)
    _announce(run)


def forget_names(now_minus: timedelta = KEEP_NAMES) -> int:
    """Empty texts, previews and errors of runs older than thirty days; gives how many."""
    old = ImportRun.objects.filter(created_at__lt=timezone.now() - now_minus)
    kept = old.exclude(files={}, preview={}, errors=[])
    unfinished = Q(state__in=[ImportState.PLANNED, ImportState.REFUSED, ImportState.PLANNING])
    old.filter(unfinished).update(state=ImportState.FAILED)
    return kept.update(files={}, preview={}, errors=[])


def fail_abandoned() -> None:
    """A run whose job gave up is over too, so that its page does not wait for ever."""
    given_up = Job.objects.filter(state=JobState.FAILED).values("id")
    planning = Q(state=ImportState.PLANNING, plan_job__in=given_up)
    applying = Q(state=ImportState.APPLYING, apply_job__in=given_up)
    ImportRun.objects.filter(planning | applying).update(state=ImportState.FAILED)


def _move(
    run: ImportRun,
    origins: set[ImportState],
    to: ImportState,
    among: QuerySet[ImportRun] | None = None,
    **fields: object,
) -> None:
    """Change state, unless somebody else did so first."""
    runs = ImportRun.objects.all() if among is None else among
    moved = runs.filter(pk=run.pk, state__in=origins).exclude(files={})
    if not moved.update(state=to, **fields):
        raise ValidationError(_("Deze import is intussen veranderd. Bekijk hem opnieuw."))
    run.state = to


def _plan(run: ImportRun, progress: Progress | None = None) -> ImportPlan:
    records = read_files(run.files)
    return make_plan(records, on=run.effective_on, complete=run.complete, progress=progress)


def _show(run: ImportRun, plan: ImportPlan, *, outdated: bool) -> None:
    refused = plan.errors or plan.objections
    ImportRun.objects.filter(pk=run.pk, state=run.state).update(
        state=ImportState.REFUSED if refused else ImportState.PLANNED,
        summary={"counts": plan.counts, "objections": list(plan.objections)},
        preview=preview(plan),
        errors=[error.as_json() for error in plan.errors],
        digest=plan.digest,
        outdated=outdated,
    )


def _carry_out(run: ImportRun, progress: Progress | None) -> None:
    plan = _plan(run)
    try:
        if plan.digest != run.digest:
            raise PlanOutdatedError(plan)
        carry_out(plan, skip_errors=run.skip_errors, progress=progress)
    except PlanOutdatedError as outdated:
        _show(run, outdated.fresh, outdated=True)
        return
    except ImportRefusedError as refused:
        _show(run, refused.plan, outdated=True)
        return
    run.state = ImportState.APPLIED
    run.applied_at = timezone.now()
    run.files = {}
    run.save(update_fields=["state", "applied_at", "files"])


def _announce(run: ImportRun) -> None:
    """Once the import is committed. A job killed before this line comes here again."""
    if run.state == ImportState.APPLIED and run.announced_at is None:
        people_imported.send(sender=ImportPlan, on=run.effective_on, counts=run.summary["counts"])
        ImportRun.objects.filter(pk=run.pk).update(announced_at=timezone.now())
