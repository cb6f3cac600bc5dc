"""A calendar file (RFC 5545, as a mail sends it: RFC 6047) for the week of a live session."""

from datetime import date, datetime, timedelta
from email.message import MIMEPart
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress

from leer.rollout.models import InvitationMethod

WORKING_DAYS = 5


def calendar_file(
    *,
    uid: UUID,
    sequence: int,
    method: InvitationMethod,
    title: str,
    begins_on: date,
    address: str,
    at: datetime,
) -> bytes:
    """The week from Monday to Friday, as days that leave the rest of the calendar free: the day
    and the hour are for the team to choose.
    """
    event = Event()
    event.add("uid", str(uid))
    event.add("sequence", sequence)
    event.add("dtstamp", at)
    event.add("dtstart", begins_on)
    event.add("dtend", begins_on + timedelta(days=WORKING_DAYS))
    event.add("summary", title)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if method == InvitationMethod.CANCEL else "CONFIRMED")
    event.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.MAIL_FROM)[1]}"))
    event.add("attendee", vCalAddress(f"mailto:{address}"))
    calendar = Calendar()
    calendar.add("prodid", "-//Leer//Uitrol//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method.value)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def as_attachment(file: bytes, method: InvitationMethod) -> MIMEPart:
    """As mail programs know an invitation: its type says the method too."""
    part = MIMEPart()
    part.set_content(
        file.decode(),
        subtype="calendar",
        charset="utf-8",
        disposition="attachment",
        filename="uitnodiging.ics",
        params={"method": method.value},
    )
    return part
