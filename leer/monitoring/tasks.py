"""Background work of monitoring."""

from datetime import date, datetime, time, timedelta

from celery import shared_task
from django.tasks import task
from django.utils import timezone

from leer.core.background.queue import enqueue_once
from leer.monitoring import leavers
from leer.monitoring.counts.folding import fold
from leer.monitoring.exposure.counting import count_exposure
from leer.monitoring.figures.items import count_questions
from leer.monitoring.figures.stories import count_stories
from leer.monitoring.models import Nudge
from leer.monitoring.nudging import send_nudges
from leer.monitoring.reminders import send_digests
from leer.privacy.api import Facility, allowed
from leer.rollout.api import send_invitations
from leer.rollout.tasks import give_base_modules

MAIL_HOURS = range(8, 20)  # nobody is written to at night, however late a worker comes back

NIGHT = timedelta(hours=3)  # as long as forgetting may take of it


@task()
def send_daily_reminders(day: str) -> None:
    """Send the digests and invitations of this day (``2026-11-23``), in the hours of mail; once
    those are over they are of no use.
    """

    def may_go_on() -> bool:
        now = timezone.localtime()
        return day == now.date().isoformat() and now.hour in MAIL_HOURS

    if may_go_on():
        send_digests(date.fromisoformat(day), may_go_on=may_go_on)
        send_invitations(date.fromisoformat(day), may_go_on=may_go_on)


@task()
def send_asked_nudges() -> None:
    """Send the nudges that were asked for, in the hours of mail."""

    def may_go_on() -> bool:
        return timezone.localtime().hour in MAIL_HOURS

    if may_go_on():
        send_nudges(timezone.localdate(), may_go_on=may_go_on)


@task()
def count_figures(until: str) -> None:
    """Count what was settled before this day began, and release what may be shown of it. While
    figures are off nothing is counted; once they are on, what is settled by then.
    """
    if not allowed(Facility.FIGURES):
        return
    day = datetime.combine(date.fromisoformat(until), time.min)
    count_stories(timezone.make_aware(day))
    count_questions(timezone.make_aware(day))


@task()
def count_programmes(until: str) -> None:
    """Count how every programme stood at the end of the days before this one."""
    count_exposure(date.fromisoformat(until))


@shared_task
def forget_leavers() -> None:
    """Take the names off who left long enough ago, for a few hours at most."""
    ends = timezone.now() + NIGHT
    leavers.forget_all(may_go_on=lambda: timezone.now() < ends)


@shared_task
def start_counting() -> None:
    """Ask for today's two counts, once however often the clock strikes."""
    day = timezone.localdate().isoformat()
    enqueue_once(count_figures.module_path, key=f"figures:{day}", kwargs={"until": day})
    enqueue_once(count_programmes.module_path, key=f"exposure:{day}", kwargs={"until": day})


def start_nudge(nudge: Nudge) -> None:
    """Ask for it to be sent: now, or when the hours of mail begin."""
    enqueue_once(send_asked_nudges.module_path, key=f"nudge:{nudge.pk}")


@shared_task
def start_waiting_nudges() -> None:
    """Ask for those that came at night, or that something stopped; once an hour."""
    if Nudge.objects.filter(finished_at=None).exists():
        hour = f"{timezone.localtime():%Y-%m-%dT%H}"
        enqueue_once(send_asked_nudges.module_path, key=f"nudges:{hour}")


@shared_task
def start_daily_reminders() -> None:
    """Ask for today's two jobs, once however often the clock strikes."""
    day = timezone.localdate().isoformat()
    enqueue_once(give_base_modules.module_path, key=f"base-modules:{day}")
    enqueue_once(send_daily_reminders.module_path, key=f"digests:{day}", kwargs={"day": day})


@shared_task
def fold_counts() -> None:
    """Changes of counts become part of the counts; when it is stopped, the next minute does it."""
    fold(timezone.localdate())
