"""What a learner does. Each action is idempotent: doing it twice, or from two tabs, is once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from cursussen import api as content
from leer.accounts.models import User
from leer.progress import api as progress
from leer.questions import api as questions
from leer.scenarios import api as scenarios
from leer.scenarios.api import engine
from leer.xapi.api import name_uuid

# Which kind of attempt a part asks for; a lesson asks for none.
KINDS = {
    content.PartKind.QUIZ: progress.AttemptKind.QUIZ,
    content.PartKind.SCENARIO: progress.AttemptKind.SCENARIO,
}


class NothingToPlay(Exception):
    """The quiz has no questions that are published, or the story no version that is."""


class Stale(Exception):
    """The request is about a step that is past; the learner is further than the page showed."""


class Chosen(NamedTuple):
    """The attempt after a choice, and the module's row when this very choice ended the story."""

    attempt: progress.Attempt
    module_row: progress.ModuleProgress | None = None


@transaction.atomic
def begin_module(user: User, module: content.Module, *, at: datetime | None = None) -> None:
    """The learner begins the module; beginning again changes nothing.

    Except where every part that is left was done: then the module is done too. (It was not,
    when the part that was still open has been taken away since.)
    """
    facts = _about(user, module, at)
    events = [
        progress.ModuleLaunched(**facts),
        progress.ModuleStarted(**facts),
        *_module_end(facts, module, progress.parts_done(user, module.key)),
    ]
    _record(user, events, repeat_is_fine=True)


@transaction.atomic
def finish_lesson(
    user: User, module: content.Module, part: content.Part, *, at: datetime | None = None
) -> None:
    """The learner is done with a lesson."""
    done = progress.LessonCompleted(**_about(user, module, at), part=part.key)
    _finish_part(user, module, part, [done], at=at, repeat_is_fine=True)


@transaction.atomic
def finish_module(user: User, module: content.Module, *, at: datetime) -> None:
    """The module is done if each of its parts is, wherever that was; it is done once."""
    held = progress.held_module(user, module.key)
    done = progress.parts_done(user, module.key)
    if end := _module_end(_about(user, module, at), module, done):
        _record(user, end, module=held, parts_done=done, repeat_is_fine=True)


def start_attempt(
    user: User, module: content.Module, part: content.Part, *, at: datetime | None = None
) -> progress.Attempt:
    """The attempt at this quiz or scenario that is open, or a new one on today's version.

    Raises ``NothingToPlay`` when there is none.
    """
    latest = progress.latest_attempt(user, module.key, part.key)
    if latest and not latest.ended_at:
        return latest
    event, version = _beginning(module, part)
    facts = _about(user, module, at) | {"registration": uuid4(), "version": version}
    try:
        with transaction.atomic():
            _record(user, [event(**facts, part=part.key)])
    except IntegrityError:  # another tab was first
        pass
    attempt = progress.latest_attempt(user, module.key, part.key)
    assert attempt is not None
    return attempt


@transaction.atomic
def answer(
    user: User,
    module: content.Module,
    part: content.Part,
    *,
    attempt_id: UUID,
    step: int,
    chosen: Collection[str],
    at: datetime | None = None,
) -> None:
    """Answer the question of this step. The same answer twice is once.

    Raises ``InvalidAnswer`` (nothing is kept), or ``Stale`` when this step was answered.
    """
    attempt = _held(user, module, part, attempt_id, kind=content.PartKind.QUIZ)
    _check_turn(attempt, step, {"response": sorted(chosen)})
    if attempt.next_step != step:
        return
    quiz = questions.quiz_version(attempt.version)
    question = quiz.questions[step - 1]
    mark = questions.mark(question, chosen)
    facts = _attempt_facts(user, module, part, attempt, at)
    events: list[Any] = [
        progress.QuestionAnswered(
            **facts,
            step=step,
            question=question.key,
            response=tuple(sorted(chosen)),
            scaled=mark.scaled,
            success=mark.success,
        )
    ]
    if step < len(quiz.questions):
        _record(user, events, attempt=attempt)
        return
    scores = [*(taken["scaled"] for taken in attempt.in_order()), mark.scaled]
    events.append(progress.QuizCompleted(**facts, scaled=round(sum(scores) / len(scores), 4)))
    _finish_part(user, module, part, events, attempt=attempt, at=at)


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
    attempt = _held(user, module, part, attempt_id, kind=content.PartKind.SCENARIO)
    target = _target(attempt, step, choice)
    _check_turn(attempt, step, {"target": target})
    if attempt.next_step != step:
        return Chosen(attempt)
    story = scenarios.graph_of(attempt.version)
    here = state_of(attempt)
    there = engine.choose(story, here, target)
    facts = _attempt_facts(user, module, part, attempt, at)
    events: list[Any] = [progress.ChoiceMade(**facts, step=step, scene=here.passage, target=target)]
    if outcome := engine.outcome(story, there):
        events.append(progress.ScenarioEnded(**facts, outcome=outcome.value))
        row = _finish_part(user, module, part, events, attempt=attempt, at=at)
        return Chosen(attempt, row)
    _record(user, events, attempt=attempt)
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


def _held(
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


def _check_turn(attempt: progress.Attempt, step: int, same: dict[str, Any]) -> None:
    """``step`` is the one that comes now, or was taken just so (``same``)."""
    taken = attempt.steps.get(str(step))
    repeated = taken is not None and same.items() <= taken.items()
    if not repeated and (attempt.ended_at or attempt.next_step != step):
        raise Stale


def _beginning(module: content.Module, part: content.Part) -> tuple[Any, str]:
    if part.kind is content.PartKind.SCENARIO:
        try:
            return progress.ScenarioStarted, scenarios.live_version_id(part.scenario_key)
        except scenarios.Scenario.DoesNotExist as error:
            raise NothingToPlay from error
    version = content.freeze_quiz(module, part.key)
    if not version.quiz.questions:
        raise NothingToPlay
    return progress.QuizStarted, str(version.id)


def _finish_part(
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
    held = progress.held_module(user, module.key)
    done = progress.parts_done(user, module.key)
    end = _module_end(_about(user, module, at), module, done | {part.key})
    _record(
        user,
        [*events, *end],
        attempt=attempt,
        parts_done=done,
        module=held,
        repeat_is_fine=repeat_is_fine,
    )
    return held


def _module_end(
    facts: dict[str, Any], module: content.Module, done: frozenset[str]
) -> list[progress.ModuleCompleted]:
    """The completion, when every part that the module has now is done."""
    complete = bool(done) and all(part.key in done for part in module.parts)
    return [progress.ModuleCompleted(**facts)] if complete else []


def _about(user: User, module: content.Module, at: datetime | None) -> dict[str, Any]:
    return {
        "actor": user.actor_name,
        "module": module.key,
        "registration": name_uuid(user.actor_name, "module", module.key),
        "version": str(module.version),
        "at": at or timezone.now(),
    }


def _attempt_facts(
    user: User,
    module: content.Module,
    part: content.Part,
    attempt: progress.Attempt,
    at: datetime | None,
) -> dict[str, Any]:
    pinned = {"registration": attempt.id, "version": attempt.version, "part": part.key}
    return _about(user, module, at) | pinned


def _record(user: User, events: list[Any], *, repeat_is_fine: bool = False, **known: Any) -> None:
    try:
        progress.record(user, events, **known)
    except progress.AlreadyHappened as error:
        if not repeat_is_fine:
            raise Stale from error
