"""Questions, one at a time: answer, see what matters, go on."""

import random
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cursussen import api as content
from leer.accounts.requests import PersonRequest
from leer.delivery import actions
from leer.delivery.rounds import attempt_of
from leer.delivery.views import common
from leer.progress import api as progress
from leer.questions import api as questions


def page(
    request: PersonRequest, module: content.Module, part: content.Part, since: datetime | None
) -> HttpResponse:
    """The beginning, the question of now, a question that was answered, or the end, in the round
    that counts from then.
    """
    attempt = attempt_of(request.user, module.key, part.key, since)
    if attempt is None:
        version = content.freeze_quiz(module, part.key)
        quiz = questions.quiz_version(str(version.id))
        count = len(questions.draw(quiz, (), random.Random(0)))  # noqa: S311
        context = {"module": module, "part": part, "question_count": count, "again": False}
        return render(request, "delivery/quiz_start.html", context)
    step = _answered_step(request, attempt)
    if step is None and attempt.ended_at:
        return _done(request, module, part, attempt)
    return _question(request, module, part, attempt, step or attempt.next_step)


@require_POST
def answer(request: PersonRequest, module: str, part: str) -> HttpResponse:
    """Take an answer; a wrong form comes back with what was typed."""
    found = common.module_or_404(module)
    quiz = common.part_or_404(found, part)
    url = reverse("delivery:part", args=[found.key, quiz.key])
    try:
        attempt_id, step = UUID(request.POST["attempt"]), int(request.POST["step"])
        actions.answer(
            request.user,
            found,
            quiz,
            attempt_id=attempt_id,
            step=step,
            respond=lambda question: questions.read(question, attempt_id, request.POST),
        )
    except questions.InvalidAnswer as error:
        attempt = progress.latest_attempt(request.user, found.key, quiz.key)
        assert attempt is not None
        return _question(request, found, quiz, attempt, step, error=str(error))
    except (actions.Stale, KeyError, ValueError):
        messages.info(request, _("Je was hier al verder. Dit is waar je nu bent."))
        return redirect(url)
    return redirect(f"{url}?vraag={step}")


def _answered_step(request: PersonRequest, attempt: progress.Attempt) -> int | None:
    """The answered question that the learner looks back at (``?vraag=2``), while it is known which
    questions were asked.
    """
    wanted = request.GET.get("vraag", "")
    return int(wanted) if attempt.started_at and wanted in attempt.steps else None


def _question(
    request: PersonRequest,
    module: content.Module,
    part: content.Part,
    attempt: progress.Attempt,
    step: int,
    error: str | None = None,
) -> HttpResponse:
    asked = questions.quiz_version(attempt.version).asked(attempt.drawn)
    question = asked[step - 1]
    context: dict[str, Any] = {
        "module": module,
        "part": part,
        "attempt_id": attempt.id,
        "step": step,
        "total": len(asked),
        "question": question,
        "error": error,
        "next_url": reverse("delivery:part", args=[module.key, part.key]),
    }
    if taken := attempt.steps.get(str(step)):
        mark = questions.mark(question, taken["response"])
        context |= {"mark": mark, "results": questions.results(question, mark)}
    else:
        context["shown"] = questions.shown(question, attempt.id, request.POST)
    status = 422 if error else 200
    return render(request, "delivery/quiz_question.html", context, status=status)


def _done(
    request: PersonRequest, module: content.Module, part: content.Part, attempt: progress.Attempt
) -> HttpResponse:
    scored = [step for step in attempt.in_order() if step["success"] is not None]
    context = {
        "module": module,
        "part": part,
        "right": sum(step["success"] for step in scored),
        "total": len(scored),
        **common.after(request.user, module, part),
    }
    return render(request, "delivery/quiz_done.html", context)
