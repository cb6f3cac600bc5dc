"""Answering the questions of a quiz."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions.common import (
    attempt_facts,
    check_turn,
    finish_part,
    held,
    record,
)
from leer.progress import api as progress
from leer.questions import api as questions


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
    attempt = held(user, module, part, attempt_id, kind=content.PartKind.QUIZ)
    check_turn(attempt, step, {"response": sorted(chosen)})
    if attempt.next_step != step:
        return
    quiz = questions.quiz_version(attempt.version)
    question = quiz.questions[step - 1]
    mark = questions.mark(question, chosen)
    facts = attempt_facts(user, module, part, attempt, at)
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
        record(user, events, attempt=attempt)
        return
    scores = [*(taken["scaled"] for taken in attempt.in_order()), mark.scaled]
    events.append(progress.QuizCompleted(**facts, scaled=round(sum(scores) / len(scores), 4)))
    finish_part(user, module, part, events, attempt=attempt, at=at)
