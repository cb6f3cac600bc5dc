"""What every action needs: the person's own attempt, whose turn it is, and writing down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.progress import api as progress
from leer.xapi.api import name_uuid

# Which kind of attempt a part asks for; a lesson asks for none.
KINDS = {
    content.PartKind.QUIZ: progress.AttemptKind.QUIZ,
    content.PartKind.SCENARIO: progress.AttemptKind.SCENARIO,
}


class Stale(Exception):
    """The request is about a step that is past; the learner is further than the page showed."""


def held(
    user: User,
    module: content.Module,
    part: content.Part,
    attempt_id: UUID,
    *,
    kind: content.PartKind,
) -> progress.Attempt:
    """The person's own attempt at this part, locked; the part must be of this kind."""
    if part.kind is not kind:
        raise Stale
    try:
        return progress.held_attempt(
            user, attempt_id, module_key=module.key, part_key=part.key, kind=KINDS[kind]
        )
    except progress.Attempt.DoesNotExist as error:
        raise Stale from error


def check_turn(attempt: progress.Attempt, step: int, same: dict[str, Any]) -> None:
    """``step`` is the one that comes now, or was taken just so (``same``)."""
    taken = attempt.steps.get(str(step))
    repeated = taken is not None and same.items() <= taken.items()
    if not repeated and (attempt.ended_at or attempt.next_step != step):
        raise Stale


def finish_part(
    user: User,
    module: content.Module,
    part: content.Part,
    events: list[Any],
    *,
    at: datetime | None,
    attempt: progress.Attempt | None = None,
    repeat_is_fine: bool = False,
) -> progress.ModuleProgress | None:
    """A part is done, and with the last one the module; returns the module's row after that."""
    row = progress.held_module(user, module.key)
    parts = progress.parts_of(user, module.key)
    done = progress.done_among(parts) | {part.key}
    end = module_end(about(user, module, at), module, done)
    record(
        user,
        [*events, *end],
        attempt=attempt,
        parts=parts,
        module=row,
        repeat_is_fine=repeat_is_fine,
    )
    return row


def module_end(
    facts: dict[str, Any], module: content.Module, done: frozenset[str]
) -> list[progress.ModuleCompleted]:
    """The completion, when every part that the module has now is done."""
    complete = bool(done) and all(part.key in done for part in module.parts)
    return [progress.ModuleCompleted(**facts)] if complete else []


def about(user: User, module: content.Module, at: datetime | None) -> dict[str, Any]:
    """What every event in this module says of who, where and when; ``at`` is now by default."""
    return {
        "actor": user.actor_name,
        "module": module.key,
        "registration": name_uuid(user.actor_name, "module", module.key),
        "version": str(module.version),
        "at": at or timezone.now(),
    }


def attempt_facts(
    user: User,
    module: content.Module,
    part: content.Part,
    attempt: progress.Attempt,
    at: datetime | None,
) -> dict[str, Any]:
    """The same, of an event in an attempt: its registration and the version it is pinned to."""
    pinned = {"registration": attempt.id, "version": attempt.version, "part": part.key}
    return about(user, module, at) | pinned


def record(user: User, events: list[Any], *, repeat_is_fine: bool = False, **known: Any) -> None:
    """Write the events down; raises ``Stale`` when one happened before, unless that is fine."""
    try:
        progress.record(user, events, **known)
    except progress.AlreadyHappened as error:
        if not repeat_is_fine:
            raise Stale from error
