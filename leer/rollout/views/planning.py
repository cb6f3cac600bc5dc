"""Plans: proposed, looked at beside the exact one, tried with other seats, adopted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leer.accounts.requests import PersonRequest
from leer.rollout import calculating, pages
from leer.rollout.forms import AgainForm, DayForm, ProposalForm, SeatsForm
from leer.rollout.models import Calculation, CalculationState, Programme, Question, RolloutPlan
from leer.rollout.programmes import plans as acting
from leer.rollout.programmes import setting_up
from leer.rollout.programmes.plans import NotNow
from leer.rollout.views.calculating import asked

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
def plans(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Every plan of a programme, and the ways to a new one."""
    programme = get_object_or_404(Programme, public_id=public_id)
    form = ProposalForm(request.POST if "method" in request.POST else None)
    again = AgainForm(request.POST if "reason" in request.POST else None)
    if form.is_bound and form.is_valid():
        return asked(request, programme, Question.PROPOSE, form.cleaned_data)
    if again.is_bound and again.is_valid():
        return asked(request, programme, Question.REPLAN, again.cleaned_data)
    calculating.fail_abandoned()
    context = pages.plans_page(programme) | {"form": form, "again": again}
    status = 422 if request.method == "POST" else 200
    return render(request, "rollout/plans.html", context, status=status)


@get_or_post
@never_cache
def plan(request: PersonRequest, public_id: UUID, number: int) -> HttpResponse:
    """One plan: what it gives, what is short, what moved; and the decision."""
    rows = RolloutPlan.objects.select_related("programme", "made_by")
    made: RolloutPlan = get_object_or_404(rows, programme__public_id=public_id, number=number)
    act = {"adopt": _adopted, "compare": _compared, "keep": _seats_kept}
    if found := act.get(request.POST.get("action", "")):
        return found(request, made)
    tried = _tried(made, request.GET.get("proef"))
    form = SeatsForm(made.programme, request.POST or None, initial=_typed(tried))
    if form.is_bound and form.is_valid() and _is_about(made, form):
        return asked(request, made.programme, Question.TRY, form.cleaned_data, made)
    context = pages.plan_page(made, tried) | {"form": form}
    return render(request, "rollout/plan.html", context, status=422 if form.is_bound else 200)


def _tried(made: RolloutPlan, pk: str | None) -> Calculation | None:
    """What was tried with this plan, and is worked out."""
    if pk is None:
        return None
    rows = made.calculations.filter(question=Question.TRY, state=CalculationState.DONE)
    return get_object_or_404(rows, pk=_uuid(pk))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _typed(tried: Calculation | None) -> dict[str, Any]:
    """The form as it was filled in."""
    if tried is None:
        return {}
    weeks = tried.asked["weeks"]
    return {**tried.asked, "first": weeks[0], "last": weeks[-1]}


def _is_about(made: RolloutPlan, form: SeatsForm) -> bool:
    data = form.cleaned_data
    if data["region"] not in made.input["regions"]:
        form.add_error("region", _("In dit plan zijn er geen teams in deze regio."))
    elif data["weeks"][-1] >= made.input["weeks"]:
        form.add_error("last", _("Zo ver gaat dit plan niet."))
    return not form.errors


def _compared(request: PersonRequest, made: RolloutPlan) -> HttpResponse:
    return asked(request, made.programme, Question.COMPARE, {}, made)


def _seats_kept(request: PersonRequest, made: RolloutPlan) -> HttpResponse:
    tried = _tried(made, request.POST.get("proef", ""))
    assert tried is not None, "an empty key is not found"
    data = tried.asked
    setting_up.set_seats(made.programme, data["region"], data["weeks"], data["seats"])
    messages.success(request, _("De plaatsen zijn bewaard. Maak nu een nieuw plan."))
    return redirect("rollout:plans", made.programme.public_id)


def _adopted(request: PersonRequest, made: RolloutPlan) -> HttpResponse:
    seen = request.POST.get("seen", "")
    try:
        acting.adopt(made, seen=int(seen) if seen.isdecimal() else acting.NONE)
    except NotNow:
        text = _("Dit plan kan niet meer worden vastgesteld. Kijk welk plan er nu geldt.")
        messages.error(request, text)
    else:
        messages.success(request, _("Vastgesteld. De golven staan klaar."))
    return redirect("rollout:plan", made.programme.public_id, made.number)


@get_or_post
@never_cache
def rehearsal(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """What would happen on a day: how many would get what, and how many would not, and why."""
    programme = get_object_or_404(Programme, public_id=public_id)
    form = DayForm(request.POST or None, initial={"day": timezone.localdate()})
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["day"]
        return asked(request, programme, Question.REHEARSE, {}, day=day)
    rows = programme.calculations.filter(question=Question.REHEARSE, state=CalculationState.DONE)
    if key := request.GET.get("berekening"):
        rows = rows.filter(pk=_uuid(key))
    context = pages.rehearsal_page(programme, rows.first()) | {"form": form}
    status = 422 if form.is_bound else 200
    return render(request, "rollout/rehearsal.html", context, status=status)
