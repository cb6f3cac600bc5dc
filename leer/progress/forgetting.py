"""What progress does when facts are forgotten: it says what the ledger still says.

Somebody who is taken out of the ledger keeps a row in the tables of Leer, without a name, so that
teams and modules count as before; that row is the actor that came in the place. An open account
is not taken out: its owner goes on learning, and would be two people.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from leer.accounts.api import known_as, make_nameless
from leer.core.tidying import vacuum
from leer.progress.rebuild import make_again
from leer.xapi import api as xapi

TABLES = (
    "accounts_user",
    "progress_moduleprogress",
    "progress_partprogress",
    "progress_attempt",
    "progress_acknowledgement",
    "progress_casereading",
)


def ask(accounts: Collection[str], **kwargs: Any) -> None:
    """Whoever can still sign in stays; and two accounts are two people."""
    people = list(known_as(accounts))
    if any(user.is_active for user in people):
        raise xapi.CannotErase(
            _("Dit account is nog actief. Maak het eerst inactief, dan kan het worden gewist.")
        )
    if len(people) > 1:
        raise xapi.CannotErase(_("Dit zijn twee accounts: wis ze een voor een."))


def forget(accounts: Collection[str], pseudonym: UUID, **kwargs: Any) -> None:
    """The account loses its name, and progress is what the ledger says of the pseudonym."""
    for user in known_as(accounts):
        make_nameless(user, actor_name=pseudonym)
        make_again(user)
    transaction.on_commit(lambda: vacuum(TABLES))


def follow(accounts: Collection[str], **kwargs: Any) -> None:
    """Facts of these people were reduced or removed: so is what progress has of them."""
    for user in known_as(accounts):
        make_again(user)
