"""Saying that one read a case."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions.common import record
from leer.progress import api as progress


@transaction.atomic
def read_case(user: User, case: content.Case, *, at: datetime | None = None) -> None:
    """The learner says that they read this case; saying it again changes nothing."""
    said = progress.CaseRead(
        actor=user.actor_name,
        case=case.key,
        version=str(case.version),
        at=at or timezone.now(),
    )
    record(user, [said], repeat_is_fine=True)
