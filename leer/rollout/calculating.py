"""What a planner asks is worked out in the background.

busy → done, failed or cancelled. Of each, top to bottom: read the input and keep it; work it out;
then, in one transaction, look whether it is wanted still, store what came of it, and say so. A job
may run twice, or be killed half-way and run again: from the same input it works out the same, and
the first that comes to the end is the only one to store anything.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from leer.accounts.models import User
from leer.core.models import Job, JobState
from leer.rollout.models import (
    Calculation,
    CalculationState,
    Programme,
    Question,
    RolloutPlan,
)
from leer.rollout.planning import Method
from leer.rollout.programmes import plans
from leer.rollout.programmes.groups import groups_of
from leer.rollout.programmes.plans import Draft, NotNow
from leer.rollout.programmes.problem import Group, input_for
from leer.rollout.running.comparing import Report, silence
from leer.rollout.running.dry_run import dry_run

type Work = Callable[[Calculation, Report], Draft | dict[str, Any]]

STEPS = 2  # read, work out
KEEP = timedelta(days=30)


# Asked ------------------------------------------------------------------------------------------
@transaction.atomic
def begin(
    programme: Programme,
    question: Question,
    *,
    by: User,
    asked: Mapping[str, Any],
    about: RolloutPlan | None = None,
    day: date | None = None,
) -> tuple[Calculation, bool]:
    """The calculation of this question, and whether it is new: who asks what is being worked out
    already (a second click, a colleague) waits for the same one.

    Raises ``NotNow`` when there is no plan to plan anew.
    """
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    fail_abandoned()
    if question == Question.REPLAN:
        about = plans.plan_that_holds(programme)
        if about is None:
            raise NotNow("no plan holds yet")
    return Calculation.objects.get_or_create(
        programme=programme,
        question=question,
        plan=about,
        asked=dict(asked),
        day=day or timezone.localdate(),
        state=CalculationState.BUSY,
        defaults={"asked_by": by},
    )


def cancel(one: Calculation) -> None:
    """It is not wanted any more; what is still worked out is thrown away."""
    _end(Calculation.objects.filter(pk=one.pk), CalculationState.CANCELLED)


def fail_abandoned() -> None:
    """One whose job gave up is over too, so that its page does not wait for ever."""
    given_up = Job.objects.filter(state=JobState.FAILED).values("id")
    _end(Calculation.objects.filter(job__in=given_up), CalculationState.FAILED)


def _end(some: QuerySet[Calculation], state: CalculationState) -> None:
    busy = some.filter(state=CalculationState.BUSY)
    busy.update(state=state, input=None, finished_at=timezone.now())


def forget_calculations() -> None:
    """Answers are of no use after a month; the plans that were made stay."""
    Calculation.objects.filter(asked_at__lt=timezone.now() - KEEP).delete()


# Worked out -------------------------------------------------------------------------------------
def carry_out(pk: UUID | str, report: Report = silence) -> None:
    """Work it out and store what came of it, unless that was done, or is not wanted any more."""
    one = Calculation.objects.select_related("programme", "plan__programme").get(pk=pk)
    if one.is_busy:
        report(0, STEPS)
        _store(one, WORK[Question(one.question)](one, report))


def _propose(one: Calculation, report: Report) -> Draft:
    said = _input(one, lambda groups: input_for(one.programme, groups, risk_on=one.day))
    report(1, STEPS)
    return plans.draft(one.programme, said, method=Method(one.asked["method"]), day=one.day)


def _replan(one: Calculation, report: Report) -> Draft:
    held = _about(one)
    said = _input(one, lambda groups: plans.input_again(held, groups, risk_on=one.day))
    report(1, STEPS)
    return plans.draft_again(held, said, day=one.day)


def _compare(one: Calculation, report: Report) -> dict[str, Any]:
    report(1, STEPS)
    found = plans.compare(_about(one))
    return {"days": found.days, "earlier": found.earlier, "later": found.later}


def _try(one: Calculation, report: Report) -> dict[str, Any]:
    report(1, STEPS)
    region, seats = one.asked["region"], one.asked["seats"]
    found, days = plans.try_seats(
        _about(one), {(region, week): seats for week in one.asked["weeks"]}
    )
    return {"days": days, "short": sum(short.people for short in found.shortages)}


def _rehearse(one: Calculation, report: Report) -> dict[str, Any]:
    found = dry_run(one.programme, one.day, report=report)
    counted = Counter((line.what, line.module_key, line.why) for line in found.lines)
    people = {(line.what, line.user) for line in found.lines}
    return {
        "people": Counter(what for what, _user in people),
        "waves": [
            {"number": wave.number, "opens_on": wave.opens_on.isoformat(), "why": wave.hindrance}
            for wave in found.waves
        ],
        "counts": [
            {"what": what, "module": key, "why": why, "people": people}
            for (what, key, why), people in sorted(counted.items())
        ],
    }


WORK: Mapping[Question, Work] = {
    Question.PROPOSE: _propose,
    Question.REPLAN: _replan,
    Question.COMPARE: _compare,
    Question.TRY: _try,
    Question.REHEARSE: _rehearse,
}


def _input(one: Calculation, read: Callable[[list[Group]], dict[str, Any]]) -> dict[str, Any]:
    """What was read the first time."""
    if one.input is None:
        one.input = read(groups_of(one.programme, one.day))
        Calculation.objects.filter(pk=one.pk).update(input=one.input)
    return dict(one.input)


def _about(one: Calculation) -> RolloutPlan:
    assert one.plan is not None, "asked without the plan that it is about"
    return one.plan


@transaction.atomic
def _store(one: Calculation, found: Draft | dict[str, Any]) -> None:
    rows = Calculation.objects.select_for_update(of=("self",)).select_related("asked_by")
    held = rows.get(pk=one.pk)
    if not held.is_busy:
        return
    if isinstance(found, Draft):
        held.made = plans.keep(found, by=held.asked_by, reason=held.asked.get("reason", ""))
    else:
        held.result = found
    held.state, held.input, held.finished_at = CalculationState.DONE, None, timezone.now()
    held.save(update_fields=["made", "result", "state", "input", "finished_at"])
