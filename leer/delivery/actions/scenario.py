"""Making the choices of a story."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions.common import (
    Stale,
    attempt_facts,
    check_turn,
    finish_part,
    held,
    record,
)
from leer.progress import api as progress
from leer.scenarios import api as scenarios
from leer.scenarios.api import engine


class Chosen(NamedTuple):
    """The attempt after a choice, and the module's row when this very choice ended the story."""

    attempt: progress.Attempt
    module_row: progress.ModuleProgress | None = None


@transaction.atomic
def choose(
    user: User,
    module: content.Module,
    part: content.Part,
    *,
    attempt_id: UUID,
    step: int,
    choice: str,
    at: datetime | None = None,
) -> Chosen:
    """Make the choice with this key (``choice_key``) at this step.

    The same choice twice is once. Raises ``Stale`` when the learner is elsewhere by now, or
    when that way is not open.
    """
    attempt = held(user, module, part, attempt_id, kind=content.PartKind.SCENARIO)
    target = _target(attempt, step, choice)
    check_turn(attempt, step, {"target": target})
    if attempt.next_step != step:
        return Chosen(attempt)
    story = scenarios.graph_of(attempt.version)
    here = state_of(attempt)
    there = engine.choose(story, here, target)
    facts = attempt_facts(user, module, part, attempt, at)
    events: list[Any] = [progress.ChoiceMade(**facts, step=step, scene=here.passage, target=target)]
    if outcome := engine.outcome(story, there):
        events.append(progress.ScenarioEnded(**facts, outcome=outcome.value))
        row = finish_part(user, module, part, events, attempt=attempt, at=at)
        return Chosen(attempt, row)
    record(user, events, attempt=attempt)
    return Chosen(attempt)


def choice_key(attempt_id: UUID, step: int, target: str) -> str:
    """What a page says for a way on. An author's names of scenes tell what they lead to
    (*te-veel-verteld*), so a page never holds them.
    """
    said = f"{attempt_id}/{step}/{target}"
    return salted_hmac("leer.delivery.choice", said, algorithm="sha256").hexdigest()


def _target(attempt: progress.Attempt, step: int, key: str) -> str:
    """The way with this key among those that are open, or that was taken at this step."""
    taken = attempt.steps.get(str(step))
    ways = [taken["target"]] if taken else []
    if attempt.next_step == step and not attempt.ended_at:
        open_ = engine.choices(scenarios.graph_of(attempt.version), state_of(attempt))
        ways += [choice.target for choice in open_]
    for target in ways:
        if constant_time_compare(choice_key(attempt.id, step, target), key):
            return target
    raise Stale


def state_of(attempt: progress.Attempt) -> engine.State:
    """Where in the story this attempt is."""
    targets = [taken["target"] for taken in attempt.in_order()]
    return engine.replay(scenarios.graph_of(attempt.version), targets)
