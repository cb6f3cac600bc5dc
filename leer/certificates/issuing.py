"""What a holder does with a certificate: have it made, open it to others, take it back."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.certificates.checking import digest, version_of
from leer.certificates.events import earned, expired
from leer.certificates.models import Certificate, Opening
from leer.progress import api as progress
from leer.rollout import api as rollout
from leer.xapi import api as xapi


class NotDone(Exception):
    """The ledger has no fact that this person did a module in this stay."""


@transaction.atomic
def issue(
    user: User, registration: UUID, *, language: str, at: datetime | None = None, **choices: Any
) -> Certificate:
    """A certificate of this stay, with what the holder chose to show (fields of ``Certificate``).

    The first one of a stay says in the ledger that it was earned, and until when it is valid.
    Raises ``NotDone``.
    """
    fact = progress.completion_in(user, registration)
    if fact is None:
        raise NotDone
    moment, key = at or timezone.now(), progress.module_of(fact)
    valid_until = _valid_until(user, registration, key, fact)
    version = version_of(fact)
    told = {"version": version, "valid_until": valid_until, "at": moment}
    xapi.append([earned(user.actor_name, key, registration, **told)])  # type: ignore[arg-type]
    return Certificate.objects.create(
        user=user,
        module_key=key,
        title=title_of(key),
        registration=registration,
        statement_id=fact.statement.id,
        digest=digest(fact),
        valid_until=valid_until,
        language=language,
        issued_at=moment,
        **choices,
    )


def title_of(module_key: str) -> str:
    """What the module is called now; its key when it is not live any more."""
    module = content.modules().get(module_key)
    return module.title if module else module_key


def _valid_until(user: User, registration: UUID, key: str, fact: xapi.Fact) -> date | None:
    """As the first certificate of this stay had it; a programme may say something else since."""
    first = user.certificates.filter(registration=registration).order_by("pk").first()
    if first:
        return first.valid_until
    assignment = rollout.assignment_of(user, key)
    weeks = rollout.weeks_valid(assignment) if assignment else None
    return timezone.localdate(fact.statement.timestamp) + timedelta(weeks=weeks) if weeks else None


@transaction.atomic
def open_for_outsiders(
    certificate: Certificate, *, days: int, at: datetime | None = None
) -> Opening:
    """From now on, for so many days, whoever has the address sees the check page. What was open
    before ends.
    """
    moment = at or timezone.now()
    Certificate.objects.select_for_update().get(pk=certificate.pk)
    close(certificate, at=moment)
    return certificate.openings.create(opened_at=moment, until=moment + timedelta(days=days))


def close(certificate: Certificate, *, at: datetime | None = None) -> None:
    """From now on colleagues only."""
    certificate.openings.filter(closed_at__isnull=True).update(closed_at=at or timezone.now())


@transaction.atomic
def withdraw(certificate: Certificate, *, at: datetime | None = None) -> None:
    """The certificate does not count any more; that the module was done stays."""
    moment = at or timezone.now()
    close(certificate, at=moment)
    Certificate.objects.filter(pk=certificate.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=moment
    )


def seen_by_outsider(opening: Opening) -> None:
    """Somebody without an account saw the check page."""
    Opening.objects.filter(pk=opening.pk).update(times_seen=F("times_seen") + 1)


def tell_what_expired(*, today: date | None = None) -> int:
    """Tell the ledger of each certificate whose time is over; returns how many those are. Twice is
    once: a stay expires one time.
    """
    day = today or timezone.localdate()
    over = Certificate.objects.filter(valid_until__lte=day, expired_at__isnull=True)
    count = 0
    for certificate in over.select_related("user").order_by("pk").iterator(chunk_size=500):
        _tell_expired(certificate)
        count += 1
    return count


@transaction.atomic
def _tell_expired(certificate: Certificate) -> None:
    day = certificate.valid_until
    assert day is not None
    morning = timezone.make_aware(datetime.combine(day, time.min))
    actor, key = certificate.user.actor_name, certificate.module_key
    xapi.append([expired(actor, key, certificate.registration, valid_until=day, at=morning)])
    Certificate.objects.filter(pk=certificate.pk).update(expired_at=timezone.now())
