"""Mijn leren, a module, a lesson, and the proof."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cursussen import api as content
from leer.accounts.models import User
from leer.accounts.requests import PersonRequest
from leer.delivery import actions, overview, policies
from leer.delivery.overview import Mine
from leer.delivery.rounds import standing_of
from leer.delivery.views import common, quiz, scenario
from leer.rollout import api as rollout


@require_safe
def home(request: PersonRequest) -> HttpResponse:
    """The front page is what is mine."""
    return redirect("delivery:my_learning")


@require_safe
def my_learning(request: PersonRequest) -> HttpResponse:
    """The one thing to go on with; then what is due; then what is done."""
    mine = overview.everything_of(request.user)
    open_ = [item for item in mine if item.state is not rollout.State.DONE]
    readings = policies.readings_of(request.user)
    to_read = [one for one in readings if one.is_open]
    first = min(open_, key=lambda item: not item.started, default=None)
    context = {
        "up_next": _up_next(first) if first else None,
        "todo": [_todo(item) for item in open_ if item is not first],
        "done": [item for item in mine if item.state is rollout.State.DONE],
        "need_not": overview.need_not_of(request.user),
        "to_read": to_read,
        "minutes_to_read": sum(one.minutes for one in to_read),
        "known": [one for one in readings if one.known],
        "case": None if open_ or to_read else _a_case(),
    }
    return render(request, "delivery/my_learning.html", context)


def _up_next(mine: Mine) -> dict[str, Any]:
    return {
        "title": mine.title,
        "url": mine.continue_url,
        "part_title": mine.current.title if mine.current and mine.started else "",
        "button": _("Verder waar je was") if mine.started else _("Begin"),
        "due": mine.due,
        "overdue": mine.overdue,
        "again": mine.again,
        "minutes_left": mine.minutes,
        "parts_done": mine.parts_done_count,
        "parts_total": mine.parts_total,
        "picture": mine.module.picture,
    }


def _todo(mine: Mine) -> dict[str, Any]:
    return {
        "title": mine.title,
        "url": mine.url,
        "state": mine.state.value,
        "due": mine.due,
        "again": mine.again,
        "parts_done": mine.parts_done_count,
        "parts_total": mine.parts_total,
        "minutes": mine.minutes,
    }


def _a_case() -> dict[str, str] | None:
    newest = next(iter(content.cases()), None)
    if newest is None:
        return None
    url = reverse("delivery:case", args=[newest.slug])
    return {"title": newest.title, "url": url, "summary": newest.summary}


@require_safe
def module(request: PersonRequest, module: str) -> HttpResponse:
    """What a module brings, its parts and how far one is."""
    mine = overview.one_of(request.user, common.module_or_404(module))
    context = {
        "module": mine.module,
        "state": mine.state.value,
        "due": mine.due,
        "again": mine.again,
        "rows": mine.rows(),
        "started": mine.started,
        "going_on": mine if mine.is_going_on else None,
        "can_round_off": mine.can_round_off,
        "continue_url": mine.continue_url,
        "proof_url": mine.proof_url,
        "elsewhere": rollout.equivalence_of(request.user, mine.module.key),
        "done_elsewhere": mine.completed_on if mine.done_elsewhere else None,
    }
    return render(request, "delivery/module.html", context)


@require_POST
def begin(request: PersonRequest, module: str) -> HttpResponse:
    """Begin, and go to the first part."""
    found = common.module_or_404(module)
    actions.begin_module(request.user, found)
    return redirect(overview.one_of(request.user, found).continue_url)


@require_safe
def part(request: PersonRequest, module: str, part: str) -> HttpResponse:
    """A lesson, the questions, or a story; who has not begun the module begins there."""
    found = common.module_or_404(module)
    wanted = common.part_or_404(found, part)
    now, standing = standing_of(request.user, found.key)
    if standing.row is None:
        return redirect("delivery:module", module=found.key)
    if wanted.kind is content.PartKind.LESSON:
        return _lesson(request, found, wanted, done=wanted.key in standing.parts_done)
    page = quiz.page if wanted.kind is content.PartKind.QUIZ else scenario.page
    return page(request, found, wanted, now.since)


def _lesson(
    request: PersonRequest, module: content.Module, part: content.Part, *, done: bool
) -> HttpResponse:
    index = module.position(part.key)
    following = module.after(part.key)
    previous = module.parts[index - 1] if index else None
    context = {
        "module": module,
        "part": part,
        "html": content.lesson_html(module, part.key),
        "position": index + 1,
        "total": len(module.parts),
        "done": done,
        "previous_url": _part_url(module, previous),
        "next_url": _part_url(module, following),
    }
    return render(request, "delivery/lesson.html", context)


@require_POST
def finish(request: PersonRequest, module: str, part: str) -> HttpResponse:
    """Done with a lesson; on to what follows."""
    found = common.module_or_404(module)
    lesson = common.part_or_404(found, part)
    if lesson.kind is not content.PartKind.LESSON:
        raise Http404
    if not _is_in(request.user, found):
        return redirect("delivery:module", module=found.key)
    actions.finish_lesson(request.user, found, lesson)
    following = found.after(lesson.key)
    if following is None:
        return redirect("delivery:module", module=found.key)
    return redirect("delivery:part", module=found.key, part=following.key)


@require_POST
def start(request: PersonRequest, module: str, part: str) -> HttpResponse:
    """Begin, or begin again, with questions or a story."""
    found = common.module_or_404(module)
    wanted = common.part_or_404(found, part)
    if wanted.kind is content.PartKind.LESSON:
        raise Http404
    if not _is_in(request.user, found):
        return redirect("delivery:module", module=found.key)
    try:
        actions.start_attempt(request.user, found, wanted, language=get_language())
    except actions.NothingToPlay:
        messages.warning(request, _("Dit deel staat nog niet klaar. Probeer het later weer."))
        return redirect("delivery:module", module=found.key)
    return redirect("delivery:part", module=found.key, part=wanted.key)


def _is_in(user: User, module: content.Module) -> bool:
    """Began with the module, in this round."""
    _round, standing = standing_of(user, module.key)
    return standing.row is not None


@require_safe
def proof(request: PersonRequest, module: str) -> HttpResponse:
    """A page to print: who did which module, and when: the last time, or another (``?nummer=``)."""
    found = common.module_or_404(module)
    proofs = overview.proofs_of(request.user, found)
    asked = request.GET.get("nummer", proofs[0].number if proofs else "")
    shown = next((one for one in proofs if one.number == asked), None)
    if shown is None:
        raise Http404
    context = {
        "module": found,
        "name": request.user.get_full_name() or request.user.username,
        "shown": shown,
        "others": [one for one in proofs if one is not shown],
        "organisation": settings.ORGANISATION_NAME,
    }
    return render(request, "delivery/proof.html", context)


def _part_url(module: content.Module, part: content.Part | None) -> str | None:
    return reverse("delivery:part", args=[module.key, part.key]) if part else None
