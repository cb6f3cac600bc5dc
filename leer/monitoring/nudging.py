"""A kind nudge: a manager asks, Leer writes. The same words to everybody who has something open.

Asked once, a team is left alone for a week. Whoever heard from Leer today already hears nothing
more (the claim is the ``Digest`` of that day, as for every reminder), so a nudge that was killed
half way goes on without writing to anybody twice. The manager hears that it leaves, and not to
whom: who still has something to do stands on the page of the team.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from cursussen import api as content
from leer.accounts.models import User
from leer.monitoring.models import Nudge
from leer.monitoring.once import send_once
from leer.organisation import api as organisation
from leer.privacy.api import Facility, allowed
from leer.progress import api as progress
from leer.rollout import api as rollout
from leer.rollout.api import State

LEFT_ALONE = timedelta(days=7)


class TooSoon(Exception):
    """The team had a nudge less than a week ago; ``again_on`` is the first day for the next."""

    def __init__(self, again_on: date) -> None:
        super().__init__(f"again on {again_on}")
        self.again_on = again_on


@dataclass(frozen=True)
class Possibility:
    """Whether a team can be nudged: the day of the last, and from when the next may be."""

    last_on: date | None
    again_on: date | None

    @classmethod
    def after(cls, last_on: date | None, day: date) -> Self:
        """How it stands on this day."""
        again_on = last_on + LEFT_ALONE if last_on else None
        return cls(last_on, again_on if again_on and again_on > day else None)


def with_last(teams: QuerySet[organisation.Team]) -> QuerySet[organisation.Team]:
    """Teams that know ``nudged_on``, the day of their last nudge."""
    last = Nudge.objects.filter(team=OuterRef("pk")).order_by("-day").values("day")[:1]
    return teams.annotate(nudged_on=Subquery(last))


@transaction.atomic
def ask(team: organisation.Team, *, by: User, day: date) -> Nudge:
    """Keep that ``by`` asks for a nudge of this team. Two who ask at once are one and one too
    soon. Raises ``TooSoon``.
    """
    organisation.Team.objects.select_for_update().get(pk=team.pk)
    last = Nudge.objects.filter(team=team).order_by("-day").first()
    found = Possibility.after(last.day if last else None, day)
    if found.again_on:
        raise TooSoon(found.again_on)
    return Nudge.objects.create(team=team, asked_by=by, day=day)


def send_nudges(day: date, *, may_go_on: Callable[[], bool] = lambda: True) -> int:
    """Send what was asked for and did not leave yet; how many mails left. What was asked for
    while it was on and comes to its turn when it is off is done without a mail: it does not wait
    for the next decision.
    """
    sent = 0
    for nudge in Nudge.objects.filter(finished_at=None).select_related("team"):
        on = allowed(Facility.REMIND)
        for user in _who_has_something_open(nudge.team, day) if on else ():
            if not may_go_on():
                return sent
            sent += send_once(user, day, partial(_message, user))
        Nudge.objects.filter(pk=nudge.pk).update(finished_at=timezone.now())
    return sent


def _who_has_something_open(team: organisation.Team, day: date) -> Iterator[User]:
    """Members of today with an address, and a module that is live and not done."""
    people = [one.user for one in organisation.members_of(team) if one.user.email]
    rows = rollout.assignments_of_people([user.pk for user in people])
    live = content.modules()
    begun = progress.stays_of_people([user.pk for user in people], list(live))
    still = {
        row.user_id
        for row in rows
        if row.module_key in live and rollout.state_in_round(row, begun, day) is not State.DONE
    }
    yield from (user for user in people if user.pk in still)


def _message(user: User) -> EmailMessage:
    values = {"user": user, "url": settings.BASE_URL}
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string("monitoring/nudge.txt", values)
        subject = gettext("Heb je even voor Leer?")
        return EmailMessage(subject, body, settings.MAIL_FROM, [user.email])
