"""A story, scene by scene. The answer holds the current scene and nothing of what may follow."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cursussen import api as content
from leer.accounts.requests import PersonRequest
from leer.delivery import actions
from leer.delivery.ending import ending_of
from leer.delivery.rounds import attempt_of
from leer.delivery.stage import stage_of
from leer.delivery.views import common
from leer.progress import api as progress
from leer.scenarios import api as scenarios


def page(
    request: PersonRequest, module: content.Module, part: content.Part, since: datetime | None
) -> HttpResponse:
    """The beginning, the scene of now, or how it ended, in the round that counts from then."""
    attempt = attempt_of(request.user, module.key, part.key, since)
    if attempt is None:
        scored = scenarios.is_scored(part.scenario_key, get_language())
        context = {"module": module, "part": part, "scored": scored}
        return render(request, "delivery/scenario_start.html", context)
    return _show(request, module, part, attempt)


@require_POST
def choose(request: PersonRequest, module: str, part: str) -> HttpResponse:
    """Make a choice. A stale page gets the current scene and a kind word."""
    found = common.module_or_404(module)
    story = common.part_or_404(found, part)
    try:
        attempt, module_done = actions.choose(
            request.user,
            found,
            story,
            attempt_id=UUID(request.POST["attempt"]),
            step=int(request.POST["step"]),
            choice=request.POST["choice"],
        )
    except (actions.Stale, KeyError, ValueError):
        return _current(request, found, story)
    if request.htmx:
        return _show(request, found, story, attempt, module_done=module_done)
    return redirect("delivery:part", found.key, story.key)


@require_POST
def again(request: PersonRequest, module: str, part: str) -> HttpResponse:
    """Try the story again from a scene of the way that was walked."""
    found = common.module_or_404(module)
    story = common.part_or_404(found, part)
    try:
        attempt = actions.try_again(
            request.user,
            found,
            story,
            attempt_id=UUID(request.POST["attempt"]),
            step=int(request.POST["step"]),
        )
    except (actions.Stale, KeyError, ValueError):
        return _current(request, found, story)
    if attempt.given_steps:
        messages.info(request, _("Je bent terug bij deze scène. Wat je daarvoor koos, blijft."))
    return redirect("delivery:part", found.key, story.key)


def _current(request: PersonRequest, module: content.Module, part: content.Part) -> HttpResponse:
    notice = _("Je was hier al verder. Dit is waar je nu bent.")
    attempt = progress.latest_attempt(request.user, module.key, part.key)
    if request.htmx and attempt:
        return _show(request, module, part, attempt, notice)
    messages.info(request, notice)
    return redirect("delivery:part", module.key, part.key)


def _show(
    request: PersonRequest,
    module: content.Module,
    part: content.Part,
    attempt: progress.Attempt,
    notice: str = "",
    module_done: bool | None = None,
) -> HttpResponse:
    """The whole page, or for htmx only what changes."""
    about = {"module": module, "part": part, "attempt_id": attempt.id, "notice": notice}
    if attempt.ended_at:
        onwards = common.after(request.user, module, part, done=module_done)
        return _render(request, "end", about | onwards | ending_of(request.user, attempt))
    try:
        stage = stage_of(attempt)
    except actions.Stale:
        messages.warning(request, _("Wat je in dit verhaal koos, is gewist. Je kunt niet verder."))
        return redirect("delivery:module", module.key)
    return _render(request, "scene", about | {"step": attempt.next_step, "stage": stage})


def _render(request: PersonRequest, what: str, context: dict[str, Any]) -> HttpResponse:
    size = "part" if request.htmx else "page"
    return render(request, TEMPLATES[what, size], context)


TEMPLATES = {
    ("scene", "page"): "delivery/scenario.html",
    ("scene", "part"): "delivery/scenario_moves.html",
    ("end", "page"): "delivery/scenario_end.html",
    ("end", "part"): "delivery/scenario_ends.html",
}
