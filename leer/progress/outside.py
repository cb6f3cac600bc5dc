"""Facts from outside that count: of a credential that is trusted for progress.

The ledger tells of them while it stores them (``leer.xapi.signals``), so that the fact and what
it means are stored together or not at all. What they mean is what a rebuild makes of them.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from leer.accounts.models import User
from leer.progress.events import Fact, LessonCompleted, QuizCompleted, ScenarioEnded
from leer.progress.projection import DatabaseRows, project
from leer.progress.reading import read
from leer.progress.signals import parts_finished_outside
from leer.xapi import api as xapi

ENDS = (LessonCompleted, QuizCompleted, ScenarioEnded)


def take_over(statements: Sequence[bytes], **kwargs: Any) -> None:
    """Update progress with what these tell; a statement about something else changes nothing."""
    events = list(_events(statements))
    people = User.objects.filter(actor_name__in={event.actor for event in events})
    # Held until the end, so that two that come at once follow each other.
    for user in people.order_by("pk").select_for_update(no_key=True):
        _take_over(user, [event for event in events if event.actor == user.actor_name])


def _take_over(user: User, events: Sequence[Fact]) -> None:
    rows = DatabaseRows(user.pk)
    for event in events:
        project(event, rows)
    rows.save()
    ends = [event for event in events if isinstance(event, ENDS)]
    if ends:
        modules, last = {event.module for event in ends}, max(event.at for event in ends)
        parts_finished_outside.send(sender=None, user=user, modules=modules, at=last)


def _events(statements: Sequence[bytes]) -> Iterator[Fact]:
    for raw in statements:
        statement = xapi.decode(raw)
        event = read(statement) if statement else None
        if event:
            yield event
