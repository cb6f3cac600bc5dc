"""Which fact in the ledger says that somebody did a module."""

from uuid import UUID

from leer.accounts.models import User
from leer.progress.events import ModuleCompleted
from leer.progress.reading import read
from leer.xapi import api as xapi


def completion_in(user: User, registration: UUID) -> xapi.Fact | None:
    """The fact that this person did a module in this stay: the first that counts and that nobody
    took back.
    """
    found = completions_in(user, registration)
    return min(found, key=lambda fact: fact.statement.timestamp, default=None)


def completions_in(user: User, registration: UUID) -> list[xapi.Fact]:
    """All that say so; another system may have told it too."""
    facts = xapi.facts_in(registration, xapi.Verb.COMPLETED)
    return [fact for fact in facts if not fact.voided and is_completion_of(user, fact)]


def is_completion_of(user: User, fact: xapi.Fact) -> bool:
    """The fact counts, and says that this person did a module."""
    event = read(fact.statement) if fact.trusted else None
    return isinstance(event, ModuleCompleted) and event.actor == user.actor_name


def module_of(fact: xapi.Fact) -> str:
    """The key of the module that a completion is of."""
    return xapi.path_of(fact.statement.object.id)[1]
