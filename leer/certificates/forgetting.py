"""What goes when somebody is taken out of the ledger: their papers say who the pseudonym is."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from leer.certificates.models import Certificate
from leer.core.tidying import vacuum

TABLES = ("certificates_certificate", "certificates_opening")


def forget(accounts: Collection[str], pseudonym: UUID, **kwargs: Any) -> None:
    """Delete the certificates of this person, who may have either name by now."""
    names = [str(pseudonym), *accounts]
    Certificate.objects.filter(user__actor_name__in=_uuids(names)).delete()
    transaction.on_commit(lambda: vacuum(TABLES))


def _uuids(names: Collection[str]) -> list[UUID]:
    """Another system may have put any name at Leer's home page."""
    found = []
    for name in names:
        try:
            found.append(UUID(name))
        except ValueError:
            continue
    return found
