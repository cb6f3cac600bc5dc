"""Saying that one read and understood a policy."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions.common import record
from leer.progress import api as progress


@transaction.atomic
def acknowledge(user: User, policy: content.Policy, *, at: datetime | None = None) -> None:
    """The learner read and understood the text that is live in ``policy``; saying it again changes
    nothing. Whoever calls this saw the situations answered right.
    """
    said = progress.PolicyAcknowledged(
        actor=user.actor_name,
        policy=policy.key,
        version=str(policy.edition.number),
        sha256=policy.edition.sha256,
        at=at or timezone.now(),
    )
    record(user, [said], repeat_is_fine=True)
