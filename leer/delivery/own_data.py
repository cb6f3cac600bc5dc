"""Everything that Leer keeps of one person, for that person: on a page, and as a file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.organisation import api as organisation
from leer.privacy import api as privacy
from leer.rollout import api as rollout
from leer.xapi import api as xapi


@dataclass(frozen=True)
class Place:
    """Where somebody works, or worked."""

    team: str
    job_function: str
    since: date
    until: date | None


def places_of(user: User) -> list[Place]:
    """The teams that this person is or was in, the last first."""
    return [
        Place(one.team.name, one.job_function.name, one.valid_from, one.valid_until)
        for one in organisation.memberships_of(user)
    ]


@dataclass(frozen=True)
class OnADay:
    """A module as somebody had to do it on a day."""

    title: str
    state: str
    due: date


def rows_on(user: User, day: date, known_on: date) -> list[OnADay]:
    """What this person had to do on a day, by what Leer knew on a day; first due first."""
    asked = rollout.asked_on([user], day, known_on=known_on)
    live = content.modules() if asked else {}
    rows = [
        OnADay(live[key].title if key in live else key, one.state.value, one.due_on)
        for (_user, key), one in asked.items()
    ]
    return sorted(rows, key=lambda row: (row.due, row.title))


def export_of(user: User) -> dict[str, Any]:
    """All of it, as plain values for a JSON file."""
    return {
        "made_at": timezone.now(),
        "records": {one.label: one.rows for one in privacy.holdings_of(user)},
        "statements": list(xapi.kept_of(user.actor_name)),
        "documents": list(xapi.documents_of(user.actor_name)),
        "looks": [
            {"at": seen.at, "viewer": seen.viewer, "what": str(seen.words)}
            for seen in privacy.looks_at(user)
        ],
    }


def file_name(at: datetime) -> str:
    """Of the export: it says nothing of whom it is about."""
    return f"leer-mijn-gegevens-{timezone.localdate(at).isoformat()}.json"
