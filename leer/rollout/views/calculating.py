"""What is being worked out: how far it is, and where its answer is."""

import time
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leer.accounts.requests import PersonRequest
from leer.rollout import calculating, pages, tasks
from leer.rollout.models import (
    Calculation,
    CalculationState,
    Programme,
    Question,
    RolloutPlan,
)
from leer.rollout.programmes.plans import NotNow

SECONDS_TO_REFRESH = 2
QUIET = "stil"  # in the address: do not refresh by itself
MOST_SECONDS, BETWEEN = 1.2, 0.05  # that somebody waits for an answer before a page says how far


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def calculation(request: PersonRequest, public_id: UUID, pk: UUID) -> HttpResponse:
    """How far one is, with a way to stop it; when there is an answer, that."""
    calculating.fail_abandoned()
    rows = Calculation.objects.select_related("programme", "plan", "made", "asked_by")
    one: Calculation = get_object_or_404(rows, programme__public_id=public_id, pk=pk)
    if request.POST.get("action") == "cancel":
        calculating.cancel(one)
        return redirect("rollout:calculation", public_id, pk)
    if request.POST.get("action") == "again" and not one.is_busy:
        return asked(request, one.programme, Question(one.question), one.asked, one.plan, one.day)
    if one.state == CalculationState.DONE:
        return redirect(answer(one))
    refreshes = one.is_busy and QUIET not in request.GET
    context = pages.calculation_page(one) | {"refreshes": refreshes}
    response = render(request, "rollout/calculation.html", context)
    if refreshes:
        # Works without JavaScript; the page says how to stop it (WCAG 2.2.1).
        response["Refresh"] = str(SECONDS_TO_REFRESH)
    return response


def asked(
    request: PersonRequest,
    programme: Programme,
    question: Question,
    said: Mapping[str, Any],
    about: RolloutPlan | None = None,
    day: date | None = None,
) -> HttpResponse:
    """Ask it. To the answer when that is there in a moment, else to the page that says how far it
    is.
    """
    try:
        one = tasks.ask(programme, question, by=request.user, asked=said, about=about, day=day)
    except NotNow:
        messages.error(request, _("Er geldt nog geen plan. Maak eerst een voorstel."))
        return redirect("rollout:plans", programme.public_id)
    return redirect("rollout:calculation", programme.public_id, settled(one).pk)


def settled(one: Calculation) -> Calculation:
    """Wait a moment for the worker."""
    deadline = time.monotonic() + MOST_SECONDS
    while one.is_busy and time.monotonic() < deadline:
        time.sleep(BETWEEN)
        one.refresh_from_db(fields=["state"])
    return one


def answer(one: Calculation) -> str:
    """The page with what came of it."""
    programme = one.programme.public_id
    if one.question == Question.REHEARSE:
        return reverse("rollout:rehearsal", args=[programme]) + f"?berekening={one.pk}"
    plan = one.made or one.plan
    assert plan is not None, "every other question is about a plan, or makes one"
    page = reverse("rollout:plan", args=[programme, plan.number])
    return page + {Question.COMPARE: "#beter", Question.TRY: f"?proef={one.pk}#stel"}.get(
        Question(one.question), ""
    )
