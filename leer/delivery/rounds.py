"""In which round of a module somebody is: what was done before it does not count in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from leer.accounts.models import User
from leer.progress import api as progress
from leer.rollout import api as rollout
from leer.xapi.api import name_uuid


@dataclass(frozen=True)
class Round:
    """Which time it is, and the moment since when what is done counts (``None``: ever).
    ``retracted``: so many stays here were a mistake; what comes after is another stay.
    """

    number: int = 1
    since: datetime | None = None
    retracted: int = 0

    def registration(self, user: User, module_key: str) -> UUID:
        """Of this person's stay in the module in this round."""
        later = (self.number,) if self.number > 1 else ()
        anew = ("anew", self.retracted) if self.retracted else ()
        return name_uuid(user.actor_name, "module", module_key, *later, *anew)


FIRST = Round()


def round_of(user: User, module_key: str, stays: Iterable[progress.ModuleProgress]) -> Round:
    """The round that was asked last. Who never did the module is in the first, which costs no
    query.
    """
    stays = list(stays)
    retracted = sum(one.retracted and not one.elsewhere for one in stays)
    if not retracted and not progress.latest_done(stays):
        return FIRST
    assignment = rollout.assignment_of(user, module_key)
    if assignment is None:
        return Round(retracted=retracted)
    return Round(assignment.round, assignment.counts_from, retracted)


def standing_of(user: User, module_key: str) -> tuple[Round, progress.Standing]:
    """The round, and where this person is in it."""
    standing = progress.standing_of(user, module_key)
    now = round_of(user, module_key, standing.stays)
    return now, standing.since(now.since)


def attempt_of(
    user: User, module_key: str, part_key: str, since: datetime | None
) -> progress.Attempt | None:
    """The attempt that is open, or the last one that ended in this round."""
    latest = progress.latest_attempt(user, module_key, part_key)
    if latest and latest.ended_at and since and latest.ended_at < since:
        return None
    return latest
