"""What goes when somebody is taken out of the ledger: words about them, asked and answered."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from leer.accounts.api import known_as
from leer.core.tidying import vacuum
from leer.rollout.models import Correction, CorrectionState, Withdrawal

TABLES = ("rollout_correction", "rollout_withdrawal")


def forget(accounts: Collection[str], pseudonym: UUID, **kwargs: Any) -> None:
    """Delete what waits, and the words of what was decided: that it was, and by whom, stays with
    the nameless row.
    """
    people = known_as([str(pseudonym), *accounts])
    theirs = Correction.objects.filter(user__in=people)
    theirs.filter(state=CorrectionState.ASKED).delete()
    theirs.update(fact="", should_be="")
    theirs.exclude(answer="").update(answer=_("gewist"))
    taken = Withdrawal.objects.filter(user__in=people)
    taken.update(reason=_("gewist"))
    taken.exclude(ended_because="").update(ended_because=_("gewist"))
    transaction.on_commit(lambda: vacuum(TABLES))
