"""Who is invited to what, and what changed since: each file once.

The flow, top to bottom: places for the people of each team; what each calendar says beside what
it should say; and of each file the row and the mail, in one transaction. Begun again it goes on.

A worker that is killed before a mail leaves wrote nothing of it, so the next one sends it: nobody
is forgotten. Killed after the server took the mail and before the row is committed, the next one
sends the same mail: the same Message-ID, and in the file the same UID and SEQUENCE. So a mailbox
can tell that it is one mail, and a calendar holds one week.
"""

import logging
import smtplib
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from email.utils import parseaddr
from itertools import batched
from uuid import UUID, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from leer.accounts.models import User
from leer.rollout.inviting.calendar_file import as_attachment, calendar_file
from leer.rollout.inviting.places import Session, places
from leer.rollout.models import (
    Booking,
    Invitation,
    InvitationMethod,
    ItemKind,
    PlanState,
    Programme,
    ProgrammeState,
)
from leer.rollout.programmes.audience import audience
from leer.rollout.programmes.problem import day_of
from leer.rollout.running.field import blocked_regions

logger = logging.getLogger(__name__)

AHEAD = timedelta(weeks=6)  # further away a plan changes too often to fill calendars with
PORTION = 100
NOT_REACHED = (
    ConnectionRefusedError,
    socket.gaierror,
    smtplib.SMTPConnectError,
    smtplib.SMTPAuthenticationError,
)
type Known = Mapping[int, Mapping[UUID, Invitation]]


def send_invitations(day: date, *, may_go_on: Callable[[], bool] = lambda: True) -> int:
    """Send what is due today; returns how many left. Safe to run again at any moment."""
    sent = 0
    try:
        for due, user, title in _letters(day):
            if not may_go_on():
                break
            sent += _send_one(due, user, title)
    except NOT_REACHED as error:
        logger.error("no mail server (%s); what is due waits", type(error).__name__)
    return sent


def _letters(day: date) -> Iterator[tuple[Invitation, User, str]]:
    """What is due, to whom, and what the session is called. Who may be written to is asked for a
    hundred people, just before that.
    """
    for programme in Programme.objects.filter(state=ProgrammeState.RUNNING):
        session = programme.items.filter(kind=ItemKind.SESSION).first()
        due = due_invitations(programme, day) if session else ()
        for some in batched(due, PORTION):
            people = _reachable(one.user_id for one in some)
            for one in some:
                if session and one.user_id in people:
                    yield one, people[one.user_id], session.title


def _reachable(users: Iterable[int]) -> dict[int, User]:
    return User.objects.filter(is_active=True).exclude(email="").in_bulk(set(users))


def due_invitations(programme: Programme, day: date) -> Iterator[Invitation]:
    """The files, not written yet, that make every calendar say what the plan that holds says."""
    bookings, known = _bookings(programme), _known(programme)
    weeks = {one.public_id: _monday(programme, one) for one in bookings}
    wanted = _places(programme, bookings, day, known)
    for user, files in known.items():
        yield from _cancellations(files, wanted.get(user), day)
    for user, booking in wanted.items():
        yield from _requests(programme, user, booking, weeks[booking], known, day)


def _bookings(programme: Programme) -> list[Booking]:
    plan = programme.plans.filter(state=PlanState.ADOPTED).first()
    return list(plan.bookings.all()) if plan else []


def _known(programme: Programme) -> Known:
    """The last file of each person and booking."""
    rows = Invitation.objects.filter(programme=programme)
    last = rows.order_by("user", "booking", "-sequence").distinct("user", "booking")
    found: dict[int, dict[UUID, Invitation]] = {}
    for row in last:
        found.setdefault(row.user_id, {})[row.booking] = row
    return found


def _places(
    programme: Programme, bookings: Sequence[Booking], day: date, known: Known
) -> dict[int, UUID]:
    sessions: dict[int, list[Session]] = {}
    for one in bookings:
        to_come = _monday(programme, one) > day
        session = Session(one.public_id, one.week, one.people, to_come)
        sessions.setdefault(one.team_id, []).append(session)
    before, found = _before(known), dict[int, UUID]()
    for team, people in _members(programme, day, known).items():
        found |= places(sessions.get(team, []), people, before)
    return found


def _members(programme: Programme, day: date, known: Known) -> dict[int, list[int]]:
    """Per team who the session is for. Where something stands in the way nobody is newly asked."""
    blocked = blocked_regions(programme)
    found: dict[int, list[int]] = {}
    for person in audience(programme, day):
        if person.team and person.work and person.has_session:
            held_back = {None, person.work.region} & blocked
            if person.user in known or not held_back:
                found.setdefault(person.team, []).append(person.user)
    return found


def _monday(programme: Programme, booking: Booking) -> date:
    return day_of(programme, booking.week)


def _before(known: Known) -> dict[int, UUID]:
    """The session that each has in the calendar, the last one first."""
    rows = [row for files in known.values() for row in files.values()]
    rows.sort(key=lambda row: row.begins_on)
    return {row.user_id: row.booking for row in rows if row.method == InvitationMethod.REQUEST}


def _cancellations(
    files: Mapping[UUID, Invitation], wanted: UUID | None, day: date
) -> Iterator[Invitation]:
    """What is to come and is not theirs any more."""
    for booking, last in files.items():
        off = booking != wanted and last.method == InvitationMethod.REQUEST
        if off and last.begins_on > day:
            yield _after(last, InvitationMethod.CANCEL, last.begins_on)


def _requests(
    programme: Programme, user: int, booking: UUID, begins_on: date, known: Known, day: date
) -> Iterator[Invitation]:
    last = known.get(user, {}).get(booking)
    if begins_on <= day:
        return
    if last is None:
        if begins_on - day <= AHEAD:
            yield Invitation(
                programme=programme,
                user_id=user,
                booking=booking,
                sequence=0,
                method=InvitationMethod.REQUEST,
                begins_on=begins_on,
            )
    elif last.method == InvitationMethod.CANCEL or last.begins_on != begins_on:
        yield _after(last, InvitationMethod.REQUEST, begins_on)


def _after(last: Invitation, method: InvitationMethod, begins_on: date) -> Invitation:
    return Invitation(
        programme_id=last.programme_id,
        user_id=last.user_id,
        booking=last.booking,
        sequence=last.sequence + 1,
        method=method,
        begins_on=begins_on,
    )


# One mail -----------------------------------------------------------------------------------------
def _send_one(due: Invitation, user: User, title: str) -> int:
    """One query. A server that fell silent half-way may have taken it: that is kept, without
    ``sent_at``, and not tried again. One that was not reached has not: nothing is kept.
    """
    due.sent_at = timezone.now()
    try:
        with transaction.atomic():
            due.save(force_insert=True)
            _message(due, user, title).send()
    except IntegrityError:  # another worker has it
        return 0
    except NOT_REACHED:
        raise
    except Exception as error:  # whatever ails one mail, the others still leave
        due.pk = due.sent_at = None
        Invitation.objects.bulk_create([due], ignore_conflicts=True)
        logger.error("an invitation did not leave: %s", type(error).__name__)
        return 0
    return 1


def _message(row: Invitation, user: User, title: str) -> EmailMessage:
    method = InvitationMethod(row.method)
    off = method == InvitationMethod.CANCEL
    with translation.override(settings.LANGUAGE_CODE):
        subject = (gettext("Gaat niet door: %s") if off else gettext("Uitnodiging: %s")) % title
        values = {"user": user, "title": title, "invitation": row, "off": off}
        body = render_to_string("rollout/invitation.txt", values)
    file = calendar_file(
        uid=row.booking,
        sequence=row.sequence,
        method=method,
        title=title,
        begins_on=row.begins_on,
        address=user.email,
        at=timezone.now(),
    )
    headers = {"Message-ID": _message_id(row)}
    message = EmailMessage(subject, body, settings.MAIL_FROM, [user.email], headers=headers)
    message.attach(as_attachment(file, method))
    return message


def _message_id(row: Invitation) -> str:
    """The same for the same file of the same person, and nobody can tell whose."""
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2]
    return f"<{uuid5(row.booking, f'{row.user_id}.{row.sequence}')}@{domain}>"
