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
class Decided:
    """That somebody need not do something: an exemption, or a module that was taken back by hand
    (``programme`` empty: it was of none). By whom, why, and until when or why no longer.
    """

    module: str
    programme: str
    reason: str
    by: User
    at: datetime
    until: date | None
    ended_by: User | None
    ended_at: datetime | None
    ended_because: str
    withdrawn: bool = False


def decisions_of(user: User) -> list[Decided]:
    """What the programme decided about this person, the last first."""
    exempt, taken = rollout.all_exemptions_of(user), rollout.withdrawals_of(user)
    live = content.modules() if exempt or taken else {}
    rows = [
        *(_exempt(row, live) for row in exempt),
        *(_withdrawn(row, live) for row in taken),
    ]
    return sorted(rows, key=lambda row: row.at, reverse=True)


def _exempt(row: rollout.Exemption, live: content.Modules) -> Decided:
    return Decided(
        module=_title(row.module_key, live),
        programme=row.programme.title,
        reason=row.reason,
        by=row.given_by,
        at=row.given_at,
        until=row.until,
        ended_by=row.ended_by,
        ended_at=row.ended_at,
        ended_because=row.ended_because,
    )


def _withdrawn(row: rollout.Withdrawal, live: content.Modules) -> Decided:
    return Decided(
        module=_title(row.module_key, live),
        programme=row.programme.title if row.programme else "",
        reason=row.reason,
        by=row.taken_by,
        at=row.taken_at,
        until=None,
        ended_by=row.ended_by,
        ended_at=row.ended_at,
        ended_because=row.ended_because,
        withdrawn=True,
    )


def _title(module_key: str, live: content.Modules) -> str:
    return live[module_key].title if module_key in live else module_key


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
        OnADay(_title(key, live), one.state.value, one.due_on)
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
