"""Beginning with questions or a story: one attempt is open at a time."""

import random
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions.common import about, record
from leer.progress import api as progress
from leer.questions import api as questions
from leer.scenarios import api as scenarios


class NothingToPlay(Exception):
    """The quiz has no questions that are published, or the story no version that is."""


def start_attempt(
    user: User, module: content.Module, part: content.Part, *, at: datetime | None = None
) -> progress.Attempt:
    """The attempt at this quiz or scenario that is open, or a new one on today's version.

    Raises ``NothingToPlay`` when there is none.
    """
    latest = progress.latest_attempt(user, module.key, part.key)
    if latest and not latest.ended_at:
        return latest
    registration = uuid4()
    event, own = _beginning(user, module, part, registration)
    facts = about(user, module, at) | {"registration": registration} | own
    try:
        with transaction.atomic():
            record(user, [event(**facts, part=part.key)])
    except IntegrityError:  # another tab was first
        pass
    attempt = progress.latest_attempt(user, module.key, part.key)
    assert attempt is not None
    return attempt


def _beginning(
    user: User, module: content.Module, part: content.Part, registration: UUID
) -> tuple[Any, dict[str, Any]]:
    """The event to begin with, and what only that kind of beginning says."""
    if part.kind is content.PartKind.SCENARIO:
        try:
            return progress.ScenarioStarted, {
                "version": scenarios.live_version_id(part.scenario_key)
            }
        except scenarios.Scenario.DoesNotExist as error:
            raise NothingToPlay from error
    version = content.freeze_quiz(module, part.key)
    drawn = _draw(user, version.quiz, registration)
    return progress.QuizStarted, {"version": str(version.id), "drawn": drawn}


def _draw(user: User, quiz: questions.Quiz, registration: UUID) -> tuple[str, ...]:
    """The questions to ask; nothing is written down when it is simply all of them."""
    dice = random.Random(str(registration))  # noqa: S311
    drawn = questions.draw(quiz, progress.questions_asked(user), dice)
    if not drawn:
        raise NothingToPlay
    return () if drawn == tuple(question.key for question in quiz.questions) else drawn
