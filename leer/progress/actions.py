"""The one write path: facts into the ledger, and what they mean, in one transaction."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from leer.accounts.models import User
from leer.progress.events import CompletionRetracted, Fact, QuizStarted, ScenarioStarted
from leer.progress.models import Attempt, AttemptKind, ModuleProgress, PartProgress
from leer.progress.projection import DatabaseRows, new_attempt, project
from leer.progress.proving import completions_in
from leer.progress.reading import read
from leer.xapi import api as xapi


class AlreadyHappened(Exception):
    """Something else was recorded at this step first (another tab, a double click)."""


def record(
    user: User,
    events: Sequence[Fact],
    *,
    attempt: Attempt | None = None,
    parts: Mapping[str, PartProgress] | None = None,
    stays: Collection[ModuleProgress] = (),
) -> None:
    """Append these facts and update this person's progress.

    A fact that is known changes nothing. Raises ``AlreadyHappened`` when none is new.
    What the caller knows saves a query: the ``attempt`` and the ``stays`` in the module it holds,
    the rows that there are of the module's parts.
    """
    statements = [event.statement() for event in events]
    facts = {statement.id: _readable(statement) for statement in statements}
    # Nothing was written when none is new, so there is nothing to go back to: no savepoint.
    with transaction.atomic(savepoint=False):
        new = xapi.append(statements)
        rows = DatabaseRows(user.pk, attempt, parts, stays)
        for statement_id, fact in facts.items():
            if statement_id in new:
                project(fact, rows)
        rows.save()
    if not new:
        raise AlreadyHappened


def take_back(user: User, module: str, registration: UUID, *, at: datetime) -> None:
    """That this person did this module in this stay was a mistake: what says so is voided, and the
    stay counts for nothing from now on. Every fact stays. Raises ``AlreadyHappened``.
    """
    with transaction.atomic(savepoint=False):
        for fact in completions_in(user, registration):
            xapi.void(fact.statement.id, at=at)
        retracted = CompletionRetracted(
            actor=user.actor_name, module=module, registration=registration, version="", at=at
        )
        record(user, [retracted])


def begin_attempt(user: User, event: QuizStarted | ScenarioStarted) -> Attempt:
    """Record that an attempt began, under a registration that is new; returns its row."""
    kind = AttemptKind.QUIZ if isinstance(event, QuizStarted) else AttemptKind.SCENARIO
    attempt = new_attempt(event, event.part, kind, user.pk)
    record(user, [event], attempt=attempt)
    return attempt


def _readable(statement: xapi.Statement) -> Fact:
    """Never put in the ledger what a rebuild could not read."""
    fact = read(statement)
    if fact is None:
        raise ValueError(f"the statement about {statement.object.id} cannot be read back")
    return fact
