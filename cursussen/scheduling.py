"""What comes online, or goes offline, at its own moment.

Wagtail's command stops at the first page that may not go online, and everything behind it waits.
Here such a page is held: it stays offline, its history says why, and the others go on.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from wagtail.actions.publish_page_revision import PublishPagePermissionError
from wagtail.log_actions import log
from wagtail.models import Revision


def publish_and_expire(now: datetime) -> None:
    """Do whatever was planned before this moment."""
    due = Revision.objects.filter(approved_go_live_at__lt=now)
    for revision in due.order_by("approved_go_live_at"):
        _publish_or_hold(revision)
    call_command("publish_scheduled")  # what has to go


def _publish_or_hold(revision: Revision) -> None:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except (ValidationError, PublishPagePermissionError):
        _hold(revision)


@transaction.atomic
def _hold(revision: Revision) -> None:
    """Planned no more: who mends it hands it in again."""
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(revision.content_object, "cursussen.hold", revision=revision)
