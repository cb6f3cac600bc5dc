"""What goes when somebody is taken out of the ledger: their papers say who the pseudonym is."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from leer.accounts.api import known_as
from leer.certificates.models import Certificate
from leer.core.tidying import vacuum

TABLES = ("certificates_certificate", "certificates_opening")


def forget(accounts: Collection[str], pseudonym: UUID, **kwargs: Any) -> None:
    """Delete the certificates of this person, who may have either name by now."""
    people = known_as([str(pseudonym), *accounts])
    Certificate.objects.filter(user__in=people).delete()
    transaction.on_commit(lambda: vacuum(TABLES))
