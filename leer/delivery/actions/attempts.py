"""Beginning with questions or a story: one attempt is open at a time."""

import random
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions.common import about
from leer.progress import api as progress
from leer.questions import api as questions
from leer.scenarios import api as scenarios

DUTCH = "nl"


class NothingToPlay(Exception):
    """The quiz has no questions that are published, or the story no version that is; or what was
    chosen in it was forgotten meanwhile, so that nobody can go on from there.
    """


def start_attempt(
    user: User,
    module: content.Module,
    part: content.Part,
    *,
    language: str = DUTCH,
    at: datetime | None = None,
) -> progress.Attempt:
    """The attempt at this quiz or scenario that is open, or a new one on today's version, in this
    language if there is one.

    Raises ``NothingToPlay`` when there is none.
    """
    latest = progress.latest_attempt(user, module.key, part.key)
    if latest and not latest.ended_at:
        if not latest.is_whole:
            raise NothingToPlay
        return latest
    registration = uuid4()
    event, own = _beginning(user, module, part, registration, language)
    facts = about(user, module, at) | {"registration": registration} | own
    return begun(user, module, event(**facts, part=part.key))


def begun(user: User, module: content.Module, event: Any) -> progress.Attempt:
    """The attempt that is open after this beginning: it, or the one of a tab that was first."""
    with suppress(IntegrityError), transaction.atomic():
        return progress.begin_attempt(user, event)
    attempt = progress.latest_attempt(user, module.key, event.part)
    assert attempt is not None
    return attempt


def _beginning(
    user: User, module: content.Module, part: content.Part, registration: UUID, language: str
) -> tuple[Any, dict[str, Any]]:
    """The event to begin with, and what only that kind of beginning says."""
    if part.kind is content.PartKind.SCENARIO:
        try:
            version = scenarios.live_version_id(part.scenario_key, language)
        except scenarios.Scenario.DoesNotExist as error:
            raise NothingToPlay from error
        return progress.ScenarioStarted, {"version": version}
    frozen = content.freeze_quiz(module, part.key)
    drawn = _draw(user, frozen.quiz, registration)
    return progress.QuizStarted, {"version": str(frozen.id), "drawn": drawn}


def _draw(user: User, quiz: questions.Quiz, registration: UUID) -> tuple[str, ...]:
    """The questions to ask; nothing is written down when it is simply all of them."""
    dice = random.Random(str(registration))  # noqa: S311
    drawn = questions.draw(quiz, progress.questions_asked(user), dice)
    if not drawn:
        raise NothingToPlay
    return () if drawn == tuple(question.key for question in quiz.questions) else drawn
