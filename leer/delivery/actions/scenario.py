"""Making the choices of a story, and trying it again from one of its scenes."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions.attempts import begun
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
    """The attempt after a choice; and when this very choice ended the story, whether the module is
    done.
    """

    attempt: progress.Attempt
    module_done: bool | None = None


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
    here = states_of(attempt)[-1]
    there = engine.choose(story, here, target)
    facts = attempt_facts(user, module, part, attempt, at)
    events: list[Any] = [progress.ChoiceMade(**facts, step=step, scene=here.passage, target=target)]
    outcome = engine.outcome(story, there)
    if outcome is None:
        record(user, events, attempt=attempt)
        return Chosen(attempt)
    enough = engine.is_enough(story, outcome)
    events.append(progress.ScenarioEnded(**facts, outcome=outcome.value, enough=enough))
    if engine.is_scored(story):
        events.append((progress.ScenarioPassed if enough else progress.ScenarioFailed)(**facts))
    if not enough:
        record(user, events, attempt=attempt)
        return Chosen(attempt)
    return Chosen(attempt, finish_part(user, module, part, events, attempt=attempt, at=at))


def try_again(
    user: User,
    module: content.Module,
    part: content.Part,
    *,
    attempt_id: UUID,
    step: int,
    at: datetime | None = None,
) -> progress.Attempt:
    """A new attempt from the scene where this one, which ended, took this step.

    It takes over the steps before, and their version. Asking twice is asking once. Raises
    ``Stale`` when another attempt is open by now, or when there is no such scene.
    """
    ended = _ended(user, module, part, attempt_id)
    new = {"registration": uuid4(), "given": _way_to(ended, step)}
    event = progress.ScenarioStarted(**attempt_facts(user, module, part, ended, at) | new)
    attempt = progress.latest_attempt(user, module.key, part.key)
    if attempt is None or attempt.ended_at:
        attempt = begun(user, module, event)
    if not _is_just(attempt, ended, step - 1):
        raise Stale
    return attempt


def _ended(
    user: User, module: content.Module, part: content.Part, attempt_id: UUID
) -> progress.Attempt:
    """The person's own attempt at this story, which ended and of which nothing was forgotten."""
    attempt = progress.attempt_of(user, attempt_id, module_key=module.key, part_key=part.key)
    if attempt is None or part.kind is not content.PartKind.SCENARIO:
        raise Stale
    if not (attempt.ended_at and attempt.is_whole):
        raise Stale
    return attempt


def _way_to(ended: progress.Attempt, step: int) -> tuple[str, ...]:
    """The passages up to the scene where this step was taken; none to the first one."""
    if not 1 <= step < ended.next_step:
        raise Stale
    way = tuple(taken["scene"] for taken in ended.in_order()[:step])
    story = scenarios.graph_of(ended.version)
    if story.passages[way[-1]].kind is not engine.Kind.SCENE:
        raise Stale
    return way if step > 1 else ()


def _is_just(attempt: progress.Attempt, ended: progress.Attempt, count: int) -> bool:
    """Whether this attempt is open, and nothing yet but the first so many steps of that one."""
    return (
        not attempt.ended_at
        and attempt.version == ended.version
        and attempt.given_steps == count == attempt.next_step - 1
        and attempt.in_order() == ended.in_order()[:count]
    )


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
        open_ = engine.choices(scenarios.graph_of(attempt.version), states_of(attempt)[-1])
        ways += [choice.target for choice in open_]
    for target in ways:
        if constant_time_compare(choice_key(attempt.id, step, target), key):
            return target
    raise Stale


def states_of(attempt: progress.Attempt) -> list[engine.State]:
    """Where in the story this attempt was, step by step, and where it is.

    Raises ``Stale`` when nobody can tell any more: what was chosen was forgotten since.
    """
    story = scenarios.graph_of(attempt.version)
    states = [engine.begin(story)]
    try:
        for taken in attempt.in_order():
            states.append(engine.choose(story, states[-1], taken["target"]))
    except (KeyError, engine.NotAChoice) as error:
        raise Stale from error
    return states
