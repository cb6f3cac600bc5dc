"""Reminders: at most one digest a person a day, kind, and never about what is done.

The flow, top to bottom: who has something to hear today; claim the person's digest of today
(committed); send; mark it sent. Whoever is claimed already is passed over, so the run may be
killed and begun again anywhere.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from cursussen import api as content
from leer.accounts.models import User
from leer.monitoring.models import Digest, DigestState
from leer.progress import api as progress
from leer.rollout.api import Assignment, State, state_of

logger = logging.getLogger(__name__)

# Days before (positive) the last day on which a reminder is worth a mail; after it, weekly.
DAYS_BEFORE = frozenset({14, 7, 1, 0})
EVERY_DAYS_AFTER = 7
BATCH = 500


def send_digests(day: date) -> int:
    """Send today's digests; returns how many left. Safe to run again at any moment."""
    return sum(
        _send_one(user, assignments, day) for user, assignments in _people_with_something(day)
    )


def is_worth_a_mail(assignment: Assignment, day: date) -> bool:
    """New since yesterday, or near its last day, or a whole number of weeks past it."""
    left = (assignment.due_on - day).days
    if left < 0:
        return left % EVERY_DAYS_AFTER == 0
    is_new = (day - timezone.localdate(assignment.assigned_at)).days == 1
    return is_new or left in DAYS_BEFORE


def _people_with_something(day: date) -> Iterator[tuple[User, list[Assignment]]]:
    """Each person with what is still to do and worth hearing of today."""
    candidates = (
        Assignment.objects.filter(withdrawn_at__isnull=True, user__is_active=True)
        .exclude(user__email="")
        .select_related("user")
        .order_by("user_id", "due_on")
    )
    person: list[Assignment] = []
    for assignment in candidates.iterator(chunk_size=BATCH):
        if person and assignment.user_id != person[0].user_id:
            yield from _if_something(person, day)
            person = []
        person.append(assignment)
    yield from _if_something(person, day)


def _if_something(
    assignments: list[Assignment], day: date
) -> Iterator[tuple[User, list[Assignment]]]:
    if not any(is_worth_a_mail(assignment, day) for assignment in assignments):
        return
    user = assignments[0].user
    begun = progress.modules_of(user)
    to_do = [
        row
        for row in assignments
        if state_of(row.due_on, begun.get(row.module_key), day) is not State.DONE
        and row.module_key in content.modules()
    ]
    if any(is_worth_a_mail(row, day) for row in to_do):
        yield user, to_do


def _send_one(user: User, assignments: Iterable[Assignment], day: date) -> int:
    digest, claimed = Digest.objects.get_or_create(user=user, day=day)
    if not claimed:
        return 0
    try:
        _message(user, list(assignments), day).send()
    except Exception as error:  # whatever ails one mail, the others still leave
        logger.error("digest %s did not leave: %s", digest.pk, type(error).__name__)
        return 0
    Digest.objects.filter(pk=digest.pk).update(state=DigestState.SENT)
    return 1


def _message(user: User, assignments: list[Assignment], day: date) -> EmailMessage:
    modules = content.modules()
    items = [
        {
            "title": modules[row.module_key].title,
            "due": row.due_on,
            "overdue": row.due_on < day,
        }
        for row in assignments
    ]
    with translation.override(settings.LANGUAGE_CODE):
        subject = ngettext(
            "Er staat één module voor je klaar",
            "Er staan %(count)s modules voor je klaar",
            len(items),
        ) % {"count": len(items)}
        body = render_to_string(
            "monitoring/digest.txt",
            {"user": user, "items": items, "url": settings.WAGTAILADMIN_BASE_URL},
        )
    return EmailMessage(subject, body, settings.MAIL_FROM, [user.email])
