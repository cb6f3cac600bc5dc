"""Asked, accepted, refused, taken back: each once, by whom it may be, and told to the ledger in the
same transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from leer.accounts.api import Role, User
from leer.progress import api as progress
from leer.rollout.models import Equivalence, EquivalenceProof, EquivalenceState
from leer.rollout.recognising.proofs import CleanProof
from leer.rollout.selectors import assignment_of


class AlreadyAsked(Exception):
    """Of this person and module one is waiting already."""


class AlreadyDecided(Exception):
    """Somebody else was first."""


@dataclass(frozen=True)
class Said:
    """What somebody says that they did elsewhere."""

    what: str
    place: str
    done_on: date
    told: str = ""


def counts_since(user: User, module_key: str, today: date) -> date:
    """The first day on which a course elsewhere may have been done to count now: not too long ago,
    and in the round that is asked.
    """
    oldest = today - timedelta(weeks=settings.ELSEWHERE_WEEKS)
    assignment = assignment_of(user, module_key)
    if assignment and assignment.wave:
        oldest = max(oldest, assignment.wave.programme.counts_since or oldest)
    if assignment is None or assignment.counts_from is None:
        return oldest
    return max(oldest, timezone.localdate(assignment.counts_from) + timedelta(days=1))


@transaction.atomic
def ask(
    user: User,
    module_key: str,
    said: Said,
    *,
    proof: CleanProof | None = None,
    at: datetime | None = None,
) -> Equivalence:
    """Ask that it counts. Raises ``AlreadyAsked``."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    asked = Equivalence.objects.filter(user=user, module_key=module_key)
    if asked.filter(state=EquivalenceState.ASKED).exists():
        raise AlreadyAsked
    made = Equivalence.objects.create(
        user=user,
        module_key=module_key,
        what=said.what,
        place=said.place,
        done_on=said.done_on,
        told=said.told,
        asked_at=at or timezone.now(),
    )
    if proof:
        EquivalenceProof.objects.create(
            equivalence=made, extension=proof.extension, content=proof.data
        )
    return made


def may_judge(user: User, equivalence: Equivalence) -> bool:
    """The programme, but nobody about themselves."""
    return user.is_active and user.has_role(Role.PROGRAMME) and user.pk != equivalence.user_id


@transaction.atomic
def accept(equivalence: Equivalence, *, by: User, at: datetime | None = None) -> Equivalence:
    """It counts, as of the day on which it was done there."""
    held = _held(equivalence, by, EquivalenceState.ASKED)
    held.state = EquivalenceState.ACCEPTED
    held.decided_by, held.decided_at = by, at or timezone.now()
    held.save()
    noon = timezone.make_aware(datetime.combine(held.done_on, time(12)))
    fact = progress.ModuleSatisfied(**_facts(held), at=min(noon, held.decided_at))
    progress.record(held.user, [fact])
    return held


@transaction.atomic
def refuse(
    equivalence: Equivalence, *, reason: str, by: User, at: datetime | None = None
) -> Equivalence:
    """It does not count; whoever asked reads why, and can ask again."""
    held = _held(equivalence, by, EquivalenceState.ASKED)
    held.state, held.refusal = EquivalenceState.REFUSED, reason
    held.decided_by, held.decided_at = by, at or timezone.now()
    held.save()
    return held


@transaction.atomic
def withdraw(
    equivalence: Equivalence, *, reason: str, by: User, at: datetime | None = None
) -> Equivalence:
    """It was a mistake that it counted. That it did stays on record; the module is asked again."""
    held = _held(equivalence, by, EquivalenceState.ACCEPTED)
    moment = at or timezone.now()
    held.state, held.withdrawn_because = EquivalenceState.WITHDRAWN, reason
    held.withdrawn_by, held.withdrawn_at = by, moment
    held.save()
    progress.record(held.user, [progress.CompletionRetracted(**_facts(held), at=moment)])
    return held


def forget_proofs(*, now: datetime | None = None) -> int:
    """Remove the files of what was decided so many days ago; how many that were."""
    last = (now or timezone.now()) - timedelta(days=settings.ELSEWHERE_PROOF_DAYS)
    over = EquivalenceProof.objects.filter(equivalence__decided_at__lt=last)
    count, _ = over.delete()
    return count


def _held(equivalence: Equivalence, by: User, state: EquivalenceState) -> Equivalence:
    """This one, locked, if it is still there where somebody saw it."""
    rows = Equivalence.objects.select_for_update(no_key=True, of=("self",))
    held = rows.select_related("user").get(pk=equivalence.pk)
    if not may_judge(by, held):
        raise PermissionDenied
    if held.state != state:
        raise AlreadyDecided
    return held


def _facts(equivalence: Equivalence) -> dict[str, Any]:
    """What both facts say: of whom, of what, and which request it is about."""
    return {
        "actor": equivalence.user.actor_name,
        "module": equivalence.module_key,
        "registration": equivalence.public_id,
        "version": "",
    }
