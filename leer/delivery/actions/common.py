"""What every action needs: the person's own attempt, whose turn it is, and writing down."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.rounds import FIRST, Round, round_of
from leer.progress import api as progress

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


def held_round(user: User, module: content.Module) -> tuple[Round, list[progress.ModuleProgress]]:
    """The round, and this person's stays in the module, locked."""
    stays = progress.held_stays(user, module.key)
    return round_of(user, module.key, stays), stays


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
    stay: tuple[Round, list[progress.ModuleProgress]] | None = None,
    repeat_is_fine: bool = False,
) -> bool:
    """A part is done, and with the last one the module; returns whether the module is done now."""
    now, stays = stay or held_round(user, module)
    parts = progress.parts_of(user, module.key)
    done = progress.done_among(parts, now.since) | {part.key}
    end = module_end(about(user, module, at, now), module, done)
    record(
        user,
        [*events, *end],
        attempt=attempt,
        parts=parts,
        stays=stays,
        repeat_is_fine=repeat_is_fine,
    )
    row = progress.stay_of(stays, now.since)
    return bool(end or (row and row.completed_at))


def module_end(
    facts: dict[str, Any], module: content.Module, done: frozenset[str]
) -> list[progress.ModuleCompleted]:
    """The completion, when every part that the module has now is done."""
    complete = bool(done) and all(part.key in done for part in module.parts)
    return [progress.ModuleCompleted(**facts)] if complete else []


def about(
    user: User, module: content.Module, at: datetime | None, now: Round = FIRST
) -> dict[str, Any]:
    """What every event in this module says of who, where and when; ``at`` is now by default."""
    return {
        "actor": user.actor_name,
        "module": module.key,
        "registration": now.registration(user, module.key),
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
