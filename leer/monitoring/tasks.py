"""Background work of monitoring."""

from datetime import date

from celery import shared_task
from django.tasks import task
from django.utils import timezone

from leer.core.background.queue import enqueue_once
from leer.monitoring.reminders import send_digests
from leer.rollout.tasks import give_base_modules


@task()
def send_daily_reminders(day: str) -> None:
    """Send the digests of this day (``2026-11-23``); once it is over they are of no use."""
    if day == timezone.localdate().isoformat():
        send_digests(date.fromisoformat(day))


@shared_task
def start_daily_reminders() -> None:
    """Ask for today's two jobs, once however often the clock strikes."""
    day = timezone.localdate().isoformat()
    enqueue_once(give_base_modules.module_path, key=f"base-modules:{day}")
    enqueue_once(send_daily_reminders.module_path, key=f"digests:{day}", kwargs={"day": day})
