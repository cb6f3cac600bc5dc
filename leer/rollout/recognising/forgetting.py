"""What goes when somebody is taken out of the ledger: what they did elsewhere says who they are."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from leer.accounts.api import known_as
from leer.core.tidying import vacuum
from leer.rollout.models import Equivalence, EquivalenceProof, EquivalenceState

TABLES = ("rollout_equivalence", "rollout_equivalenceproof")


def forget(accounts: Collection[str], pseudonym: UUID, **kwargs: Any) -> None:
    """Delete what waits, and every file and word of what was decided: who decided, and that it
    counted, stays with the nameless row.
    """
    theirs = Equivalence.objects.filter(user__in=known_as([str(pseudonym), *accounts]))
    theirs.filter(state=EquivalenceState.ASKED).delete()
    EquivalenceProof.objects.filter(equivalence__in=theirs).delete()
    theirs.update(what="", place="", told="")
    theirs.exclude(refusal="").update(refusal=_("gewist"))
    theirs.exclude(withdrawn_because="").update(withdrawn_because=_("gewist"))
    transaction.on_commit(lambda: vacuum(TABLES))
