"""A story, scene by scene. The answer holds the current scene and nothing of what may follow."""

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
from leer.delivery.stage import ending_of, stage_of
from leer.delivery.views import common
from leer.progress import api as progress


def page(request: PersonRequest, module: content.Module, part: content.Part) -> HttpResponse:
    """The beginning, the scene of now, or how it ended."""
    attempt = progress.latest_attempt(request.user, module.key, part.key)
    if attempt is None:
        context = {"module": module, "part": part, "again": False}
        return render(request, "delivery/scenario_start.html", context)
    return _show(request, module, part, attempt)


@require_POST
def choose(request: PersonRequest, module: str, part: str) -> HttpResponse:
    """Make a choice. A stale page gets the current scene and a kind word."""
    found = common.module_or_404(module)
    story = common.part_or_404(found, part)
    url = reverse("delivery:part", args=[found.key, story.key])
    try:
        attempt, module_row = actions.choose(
            request.user,
            found,
            story,
            attempt_id=UUID(request.POST["attempt"]),
            step=int(request.POST["step"]),
            choice=request.POST["choice"],
        )
    except (actions.Stale, KeyError, ValueError):
        return _current(request, found, story, url)
    if request.htmx:
        return _show(request, found, story, attempt, module_row=module_row)
    return redirect(url)


def _current(
    request: PersonRequest, module: content.Module, part: content.Part, url: str
) -> HttpResponse:
    notice = _("Je was hier al verder. Dit is waar je nu bent.")
    attempt = progress.latest_attempt(request.user, module.key, part.key)
    if request.htmx and attempt:
        return _show(request, module, part, attempt, notice)
    messages.info(request, notice)
    return redirect(url)


def _show(
    request: PersonRequest,
    module: content.Module,
    part: content.Part,
    attempt: progress.Attempt,
    notice: str | None = None,
    module_row: progress.ModuleProgress | None = None,
) -> HttpResponse:
    """The whole page, or for htmx only what changes."""
    about = {"module": module, "part": part, "attempt_id": attempt.id}
    if attempt.ended_at:
        again = reverse("delivery:start", args=[module.key, part.key])
        onwards = common.after(request.user, module, part, module_row)
        context = about | ending_of(attempt) | onwards | {"again_url": again}
        template = "delivery/_end.html" if request.htmx else "delivery/scenario_end.html"
        return render(request, template, context)
    context = about | {"step": attempt.next_step, "stage": stage_of(attempt, notice)}
    template = "delivery/_stage.html" if request.htmx else "delivery/scenario.html"
    return render(request, template, context)
