"""Everything that Leer keeps of one person, for that person: on a page, and as a file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from leer.accounts.models import User
from leer.organisation import api as organisation
from leer.privacy import api as privacy
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
