"""Background work of the rollout."""

import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from celery import shared_task
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from leer.accounts.models import User
from leer.core.background.queue import enqueue_once
from leer.core.background.runner import report_progress
from leer.core.models import Job
from leer.rollout import calculating
from leer.rollout.actions import assign_base_modules
from leer.rollout.correcting import judging as correcting
from leer.rollout.models import (
    Calculation,
    Programme,
    ProgrammeState,
    Question,
    Renewal,
    RolloutPlan,
    Wave,
)
from leer.rollout.programmes import firmness
from leer.rollout.recognising import judging
from leer.rollout.renewing import carrying_out, declaring
from leer.rollout.running import comparing, opening

SECONDS_BETWEEN = 0.3


def ask(
    programme: Programme,
    question: Question,
    *,
    by: User,
    asked: Mapping[str, Any],
    about: RolloutPlan | None = None,
    day: date | None = None,
) -> Calculation:
    """Ask for something to be worked out (``calculating.begin``), and for the job that does so."""
    with transaction.atomic():
        one, new = calculating.begin(programme, question, by=by, asked=asked, about=about, day=day)
        if new:
            one.job = UUID(calculate.enqueue(str(one.pk)).id)
            one.save(update_fields=["job"])
    return one


@task()
def calculate(pk: str) -> None:
    """Work out what a planner asked; begun again it stores nothing twice."""
    job = Calculation.objects.values_list("job", flat=True).get(pk=pk)
    calculating.carry_out(pk, report=partial(report_progress, str(job)))


@shared_task
def forget_calculations() -> None:
    """Answers of a month ago."""
    calculating.forget_calculations()


@shared_task
def forget_proofs() -> None:
    """Files that showed that something was done elsewhere, some time after the decision."""
    judging.forget_proofs()


@shared_task
def forget_corrections() -> None:
    """The words of requests that were answered more than thirteen months ago."""
    correcting.forget_words()


@task()
def give_base_modules() -> None:
    """Everybody who lacks a base module gets it; running twice changes nothing."""
    assign_base_modules()


@shared_task
def open_waves() -> None:
    """Open the waves that may open; each asks for its own assignments."""
    opening.open_due_waves(timezone.now())


@task()
def give_wave(wave: int) -> None:
    """The people of a wave that opened get their modules; begun again, it goes on."""
    found = Wave.objects.select_related("programme").get(pk=wave)
    comparing.give_wave(found, report=_progress(opening.job_key(wave)))


@task()
def give_renewal(renewal: int) -> None:
    """Who did a module that changed gets the next round; begun again, it goes on."""
    found = Renewal.objects.get(pk=renewal)
    carrying_out.carry_out(found, report=_progress(declaring.job_key(found)))


@shared_task
def start_comparing() -> None:
    """Ask for today's comparison of each programme that runs, once however often it strikes."""
    day = timezone.localdate().isoformat()
    for pk in Programme.objects.filter(state=ProgrammeState.RUNNING).values_list("pk", flat=True):
        enqueue_once(
            compare_programme.module_path,
            key=_comparison(pk, day),
            kwargs={"programme": pk, "day": day},
        )


@task()
def compare_programme(programme: int, day: str) -> None:
    """Who joined, moved, left or came back gets, keeps or loses what fits; of a day that is over
    only the next one is of use.
    """
    if day != timezone.localdate().isoformat():
        return
    found = Programme.objects.get(pk=programme)
    report = _progress(_comparison(programme, day))
    comparing.compare(found, date.fromisoformat(day), report=report)


@task()
def count_firmness(plan: int) -> None:
    """How firm the waves of a plan are; begun again, it begins from the start."""
    found = RolloutPlan.objects.select_related("programme").get(pk=plan)
    firmness.count_firmness(found, _progress(firmness.job_key(plan)))


def _comparison(programme: int, day: str) -> str:
    return f"comparison:{programme}:{day}"


def _progress(key: str) -> Callable[[int, int], None]:
    """Tell how far the job with this key is, a few times a second at most."""
    job: UUID = Job.objects.values_list("pk", flat=True).get(key=key)
    told = 0.0

    def report(done: int, total: int) -> None:
        nonlocal told
        if done == total or time.monotonic() - told > SECONDS_BETWEEN:
            report_progress(job, done, total)
            told = time.monotonic()

    return report
