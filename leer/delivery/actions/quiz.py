"""Answering the questions of a quiz."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

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
from leer.questions import api as questions
from leer.xapi.api import InteractionType

# How each kind is answered, in xAPI's words. Ratings are pairs of an action and a place on a scale:
# xAPI's ``likert`` holds one rating only. A reflection is not sent at all.
WAYS: dict[questions.Kind, InteractionType] = {
    questions.Kind.SINGLE: "choice",
    questions.Kind.MULTIPLE: "choice",
    questions.Kind.TEXT_SIGNALS: "choice",
    questions.Kind.PICTURE_SIGNALS: "choice",
    questions.Kind.ORDER: "sequencing",
    questions.Kind.MATCH: "matching",
    questions.Kind.JUDGEMENT: "matching",
    questions.Kind.REFLECTION: "long-fill-in",
}


@transaction.atomic
def answer(
    user: User,
    module: content.Module,
    part: content.Part,
    *,
    attempt_id: UUID,
    step: int,
    respond: Callable[[questions.FrozenQuestion], Collection[str]],
    at: datetime | None = None,
) -> None:
    """Answer the question of this step as ``respond`` says. The same answer twice is once.

    Raises ``InvalidAnswer`` (nothing is kept), or ``Stale`` when this step was answered.
    """
    attempt = held(user, module, part, attempt_id, kind=content.PartKind.QUIZ)
    asked = questions.quiz_version(attempt.version).asked(attempt.drawn)
    if not 1 <= step <= len(asked):
        raise Stale
    question = asked[step - 1]
    given = questions.response_of(question, respond(question))
    check_turn(attempt, step, {"response": list(given)})
    if attempt.next_step != step:
        return
    mark = questions.mark(question, given)
    facts = attempt_facts(user, module, part, attempt, at)
    events: list[Any] = [
        progress.QuestionAnswered(
            **facts,
            step=step,
            question=question.key,
            response=given,
            scaled=mark.scaled,
            success=mark.success,
            way=WAYS[question.kind],
        )
    ]
    if step < len(asked):
        record(user, events, attempt=attempt)
        return
    scores = [*(taken["scaled"] for taken in attempt.in_order()), mark.scaled]
    events.append(progress.QuizCompleted(**facts, scaled=_mean(scores)))
    finish_part(user, module, part, events, attempt=attempt, at=at)


def _mean(scores: Sequence[float | None]) -> float | None:
    """Over what is scored."""
    scored = [score for score in scores if score is not None]
    return round(sum(scored) / len(scored), 4) if scored else None
