"""The sentences for the ledger: a certificate was earned, and its time is over."""

from datetime import date, datetime
from uuid import UUID

from leer.xapi.api import (
    ActivityType,
    Context,
    Statement,
    Verb,
    VerbObject,
    activity,
    agent,
    extension,
    name_uuid,
)

VALID_UNTIL = "http://id.tincanapi.com/extension/valid-until"


def earned_id(actor: UUID, registration: UUID) -> UUID:
    """Of the statement ``earned``: one for each stay, however many papers are made of it."""
    return name_uuid(actor, Verb.EARNED.value, registration)


def earned(
    actor: UUID,
    module_key: str,
    registration: UUID,
    *,
    version: str,
    valid_until: date | None,
    at: datetime,
) -> Statement:
    """The first certificate of this stay was issued, and so long it is valid."""
    validity = {VALID_UNTIL: valid_until.isoformat()} if valid_until else {}
    return Statement(
        id=earned_id(actor, registration),
        actor=agent(actor),
        verb=VerbObject(id=Verb.EARNED.value, display={"en": "earned"}),
        object=activity(ActivityType.MODULE, "modules", module_key),
        context=Context(
            registration=registration, extensions={extension("version"): version, **validity}
        ),
        timestamp=at,
    )


def expired(
    actor: UUID, module_key: str, registration: UUID, *, valid_until: date, at: datetime
) -> Statement:
    """What was earned is not valid any more."""
    return Statement(
        id=name_uuid(actor, Verb.EXPIRED.value, registration),
        actor=agent(actor),
        verb=VerbObject(id=Verb.EXPIRED.value, display={"en": "expired"}),
        object=activity(ActivityType.MODULE, "modules", module_key),
        context=Context(
            registration=registration, extensions={VALID_UNTIL: valid_until.isoformat()}
        ),
        timestamp=at,
    )
