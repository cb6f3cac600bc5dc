"""Reminders: at most one digest a person a day, kind, and never about what is done.

The flow, top to bottom: who has something to hear today, of the own modules, an exemption or (who
leads) of the team; claim the person's digest of today (committed); send; mark it sent. Whoever is
claimed already is passed over, so the run may be killed and begun again anywhere.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import batched, groupby
from operator import attrgetter

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from cursussen import api as content
from leer.accounts.models import User
from leer.monitoring.escalation import Behind, behind_by_leader
from leer.monitoring.once import send_once
from leer.privacy.api import Facility, allowed
from leer.progress import api as progress
from leer.rollout.api import (
    Assignment,
    Exemption,
    State,
    Withdrawal,
    answered_on,
    exemption_news,
    state_in_round,
    withdrawal_news,
)

# Days before (positive) the last day on which a reminder is worth a mail; after it, weekly.
DAYS_BEFORE = frozenset({14, 7, 1, 0})
EVERY_DAYS_AFTER = 7
BATCH = 100  # people whose progress is asked together, just before they are written to


@dataclass(frozen=True)
class Letter:
    """What one person hears today: what is still to do, the teams of a leader that are behind,
    exemptions that were given or taken back yesterday, and what was taken back then by hand; and
    whether something that they said is not right was answered then.
    """

    user: User
    to_do: Sequence[Assignment]
    behind: Sequence[Behind]
    exemptions: Sequence[Exemption]
    withdrawn: Sequence[Withdrawal]
    answered: bool


def send_digests(day: date, *, may_go_on: Callable[[], bool] = lambda: True) -> int:
    """Send today's digests; returns how many left. Safe to run again at any moment.

    Asks before each whether it ``may_go_on``: who is not reached by then hears nothing today.
    """
    sent = 0
    for letter in _letters(day):
        if not may_go_on():
            break
        sent += send_once(letter.user, day, partial(_message, letter, day))
    return sent


def _letters(day: date) -> Iterator[Letter]:
    """Who has something to do, and then who only has a team that is behind, or need not do
    something. That is no reminder: it is told whatever the works council decided.
    """
    counted = allowed(Facility.REMIND, Facility.FOLLOW)
    behind = behind_by_leader(day) if counted else {}
    yesterday = day - timedelta(days=1)
    exempt, withdrawn = exemption_news(yesterday), withdrawal_news(yesterday)
    answered = dict.fromkeys(answered_on(yesterday), True)

    def letter(user: User, to_do: Sequence[Assignment]) -> Letter:
        news = behind.pop(user.pk, ()), exempt.pop(user.pk, ()), withdrawn.pop(user.pk, ())
        return Letter(user, to_do, *news, answered=answered.pop(user.pk, False))

    for user, to_do in _people_with_something(day):
        yield letter(user, to_do)
    others = {*behind, *exempt, *withdrawn, *answered}
    for user in User.objects.filter(pk__in=others, is_active=True).exclude(email="").order_by("pk"):
        yield letter(user, ())


def is_worth_a_mail(assignment: Assignment, day: date) -> bool:
    """New since yesterday, or near its last day, or a whole number of weeks past it."""
    left = (assignment.due_on - day).days
    if left < 0:
        return left % EVERY_DAYS_AFTER == 0
    is_new = (day - timezone.localdate(assignment.assigned_at)).days == 1
    return is_new or left in DAYS_BEFORE


def _people_with_something(day: date) -> Iterator[tuple[User, list[Assignment]]]:
    """Each person with what is still to do and worth hearing of today; nobody from the moment
    that reminders are off.
    """
    live = content.modules()
    for people in batched(_assignments_by_person(day), BATCH):
        if not allowed(Facility.REMIND):
            return
        users = [rows[0].user_id for rows in people]
        begun = progress.stays_of_people(users, list(live))
        for rows in people:
            to_do = [
                row
                for row in rows
                if row.module_key in live and state_in_round(row, begun, day) is not State.DONE
            ]
            if any(is_worth_a_mail(row, day) for row in to_do):
                yield rows[0].user, to_do


def _assignments_by_person(day: date) -> Iterator[list[Assignment]]:
    """Everything somebody was assigned, for each person whom some date makes worth a look."""
    rows = (
        Assignment.objects.now()
        .filter(user__is_active=True)
        .exclude(user__email="")
        .select_related("user")
        .order_by("user_id", "due_on")
    )
    for _user, group in groupby(rows.iterator(), key=attrgetter("user_id")):
        assignments = list(group)
        if any(is_worth_a_mail(assignment, day) for assignment in assignments):
            yield assignments


def _message(letter: Letter, day: date) -> EmailMessage:
    modules = content.modules()
    items = [
        {
            "title": modules[row.module_key].title,
            "due": row.due_on,
            "overdue": row.due_on < day,
        }
        for row in letter.to_do
    ]
    exemptions, withdrawn = (
        [
            {
                "row": row,
                "module": modules[row.module_key].title
                if row.module_key in modules
                else row.module_key,
            }
            for row in rows
        ]
        for rows in (letter.exemptions, letter.withdrawn)
    )
    values = {
        "user": letter.user,
        "items": items,
        "behind": letter.behind,
        "exemptions": exemptions,
        "withdrawn": withdrawn,
        "answered": letter.answered,
    }
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string("monitoring/digest.txt", values | {"url": settings.BASE_URL})
        return EmailMessage(_subject(letter), body, settings.MAIL_FROM, [letter.user.email])


def _subject(letter: Letter) -> str:
    count = len(letter.to_do)
    if not count and letter.exemptions:
        return gettext("Over je vrijstelling in Leer")
    if not count and letter.withdrawn:
        return gettext("Een module hoeft niet meer")
    if not count and letter.answered:
        return gettext("Er is antwoord op je verzoek")
    if not count:
        return gettext("Je team en de modules in Leer")
    return ngettext(
        "Er staat één module voor je klaar",
        "Er staan %(count)s modules voor je klaar",
        count,
    ) % {"count": count}
