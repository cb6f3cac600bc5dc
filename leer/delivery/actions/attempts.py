"""Beginning with questions or a story: one attempt is open at a time."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import IntegrityError, transaction

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions.common import about, record
from leer.progress import api as progress
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
    event, version = _beginning(module, part)
    facts = about(user, module, at) | {"registration": uuid4(), "version": version}
    try:
        with transaction.atomic():
            record(user, [event(**facts, part=part.key)])
    except IntegrityError:  # another tab was first
        pass
    attempt = progress.latest_attempt(user, module.key, part.key)
    assert attempt is not None
    return attempt


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
