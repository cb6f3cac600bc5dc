"""Waves open: on their day, when the wave before is far enough, and exactly once."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from leer.core.background.queue import enqueue_once
from leer.core.models import Job, JobState
from leer.progress import api as progress
from leer.rollout.models import EVER, LEADERS, Assignment, Programme, ProgrammeState, Wave, WaveTeam
from leer.rollout.running.field import blocked_regions

GIVE = "leer.rollout.tasks.give_wave"


class Hindrance(StrEnum):
    """Why a wave does not open yet."""

    NOT_RUNNING = "not_running"
    BLOCKED = "blocked"
    TOO_EARLY = "too_early"
    WAVE_BEFORE = "wave_before"


def open_due_waves(now: datetime) -> list[Wave]:
    """Open what may open; returns the waves that this call opened."""
    day = timezone.localdate(now)
    due = Wave.objects.filter(
        opened_at__isnull=True, opens_on__lte=day, programme__state=ProgrammeState.RUNNING
    )
    order = due.order_by("programme", "number").values_list("pk", flat=True)
    return [wave for pk in order if (wave := _open(pk, now))]


@transaction.atomic
def _open(pk: int, now: datetime) -> Wave | None:
    """Open this one and ask for its assignments, together. The programme's row is held, so that
    another worker looks when this one is done.
    """
    programme = (
        Programme.objects.select_for_update(no_key=True, of=("self",)).filter(waves=pk).first()
    )
    wave = Wave.objects.filter(pk=pk).first()
    if programme is None or wave is None or hindrance(wave, now):
        return None
    if not Wave.objects.filter(pk=pk, opened_at__isnull=True).update(opened_at=now):
        return None
    wave.opened_at = now
    enqueue_once(GIVE, key=job_key(wave.pk), kwargs={"wave": pk})
    return wave


def hindrance(wave: Wave, now: datetime) -> Hindrance | None:
    """What keeps this wave from opening at this moment; ``None``: nothing does."""
    programme = wave.programme
    if programme.state != ProgrammeState.RUNNING:
        return Hindrance.NOT_RUNNING
    if wave.opens_on > timezone.localdate(now):
        return Hindrance.TOO_EARLY
    if _is_blocked(wave):
        return Hindrance.BLOCKED
    return None if _wave_before_is_far_enough(wave) else Hindrance.WAVE_BEFORE


def _is_blocked(wave: Wave) -> bool:
    """Something stands in the way of all, or of every team in it. Where it stands in the way of
    some, the others begin, and they follow by the daily comparison.
    """
    blocked = blocked_regions(wave.programme)
    if None in blocked:
        return True
    if wave.number == LEADERS or not blocked:
        return False
    regions = set(WaveTeam.objects.filter(wave=wave).values_list("team__region", flat=True))
    return regions <= blocked


def _wave_before_is_far_enough(wave: Wave) -> bool:
    wanted = wave.programme.open_at_percent
    before = Wave.objects.filter(programme=wave.programme, number__lt=wave.number)
    last = before.order_by("-number").first()
    if wanted is None or last is None:
        return True
    if last.opened_at is None or _is_being_given(last):
        return False
    done, total = how_far(last)
    return 100 * done >= wanted * total


def how_far(wave: Wave) -> tuple[int, int]:
    """How many of the modules that a wave gave for the first time are done, and how many it gave.
    What has to be done again later holds no other wave back; what was done too long ago to count
    was given first in a later round.
    """
    mine = {"user": OuterRef("user"), "module_key": OuterRef("module_key")}
    done = progress.ModuleProgress.objects.filter(
        **mine, completed_at__gte=Coalesce(OuterRef("counts_from"), Value(EVER))
    )
    before = Assignment.objects.filter(**mine, wave=wave, round__lt=OuterRef("round"))
    given = Assignment.objects.filter(
        ~Exists(before), wave=wave, withdrawn_at__isnull=True, user__is_active=True
    ).annotate(done=Exists(done))
    counted = given.aggregate(total=Count("pk"), finished=Count("pk", filter=Q(done=True)))
    return counted["finished"], counted["total"]


def _is_being_given(wave: Wave) -> bool:
    """Its job is under way; or failed, and the daily comparison did not make up for it yet."""
    state = Job.objects.filter(key=job_key(wave.pk)).values_list("state", flat=True).first()
    if state == JobState.FAILED:
        return not wave.assignments.exists()
    return state in {JobState.QUEUED, JobState.RUNNING}


def job_key(wave: int) -> str:
    """The job that gives a wave."""
    return f"wave:{wave}"
