"""Whether a certificate is true: asked of the ledger itself, each time again."""

from dataclasses import dataclass
from datetime import UTC, date
from enum import StrEnum
from hashlib import sha256

from django.utils import timezone

from leer.certificates.events import VALID_UNTIL, earned_id
from leer.certificates.models import Certificate
from leer.progress import api as progress
from leer.xapi import api as xapi
from leer.xapi.api import extension


class Verdict(StrEnum):
    """What came of it."""

    HOLDS = "holds"
    EXPIRED = "expired"  # it holds, and its time is over
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"  # the fact was taken back
    GONE = "gone"  # the fact is not in the ledger any more
    CHANGED = "changed"  # the fact says something else than it did at issue


IS_TRUE = frozenset({Verdict.HOLDS, Verdict.EXPIRED})


@dataclass(frozen=True)
class Checked:
    """A certificate as the ledger has it now; ``done_on`` and ``version`` are the fact's, and only
    there when the certificate is true.
    """

    verdict: Verdict
    done_on: date | None = None
    version: str = ""


def check(certificate: Certificate, *, today: date | None = None) -> Checked:
    """Hold this certificate against the ledger."""
    if certificate.withdrawn_at:
        return Checked(Verdict.WITHDRAWN)
    fact = xapi.fact(certificate.statement_id)
    if wrong := _what_is_wrong(certificate, fact):
        return Checked(wrong)
    assert fact is not None
    over = certificate.valid_until is not None and (
        (today or timezone.localdate()) >= certificate.valid_until
    )
    return Checked(
        Verdict.EXPIRED if over else Verdict.HOLDS,
        timezone.localdate(fact.statement.timestamp),
        version_of(fact),
    )


def _what_is_wrong(certificate: Certificate, fact: xapi.Fact | None) -> Verdict | None:
    if fact is None:
        return Verdict.GONE
    if fact.voided:
        return Verdict.VOIDED
    is_theirs = progress.is_completion_of(certificate.user, fact)
    is_same = digest(fact) == certificate.digest
    return None if is_theirs and is_same and _is_valid_so_long(certificate) else Verdict.CHANGED


def digest(fact: xapi.Fact) -> str:
    """The hash of what a certificate stands on: what was done, in which version, when that was, and
    when the ledger got it. Retention takes none of this away.
    """
    said = fact.statement
    moments = (moment.astimezone(UTC).isoformat() for moment in (said.timestamp, fact.stored))
    parts = (said.id, said.verb.id, said.object.id, said.registration, version_of(fact), *moments)
    return sha256("\n".join(map(str, parts)).encode()).hexdigest()


def version_of(fact: xapi.Fact) -> str:
    """The content's version that was done; empty when whoever wrote it down did not know."""
    return str(fact.says.get(extension("version"), ""))


def _is_valid_so_long(certificate: Certificate) -> bool:
    """The ledger has no other day. It may have none by now: that goes when its time of keeping is
    over, and what was done stays.
    """
    fact = xapi.fact(earned_id(certificate.user.actor_name, certificate.registration))
    if fact is None or VALID_UNTIL not in fact.says:
        return True
    day = certificate.valid_until
    return day is not None and not fact.voided and fact.says[VALID_UNTIL] == day.isoformat()
