"""Plans: proposed, looked at beside the exact one, tried with other seats, adopted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leer.accounts.requests import PersonRequest
from leer.rollout import pages
from leer.rollout.forms import AgainForm, ProposalForm, SeatsForm
from leer.rollout.models import Programme, RolloutPlan
from leer.rollout.planning import Method
from leer.rollout.programmes import plans as acting
from leer.rollout.programmes import setting_up
from leer.rollout.programmes.groups import groups_of
from leer.rollout.programmes.plans import NotNow

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
@never_cache
def plans(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Every plan of a programme, and the ways to a new one."""
    programme = get_object_or_404(Programme, public_id=public_id)
    form = ProposalForm(request.POST if "method" in request.POST else None)
    again = AgainForm(request.POST if "reason" in request.POST else None)
    if form.is_bound and form.is_valid():
        made = _proposed(programme, request, Method(form.cleaned_data["method"]))
        return redirect("rollout:plan", public_id, made.number)
    if again.is_bound and again.is_valid():
        groups = groups_of(programme, timezone.localdate())
        reason = again.cleaned_data["reason"]
        made = acting.propose_again(programme, groups, by=request.user, reason=reason)
        return redirect("rollout:plan", public_id, made.number)
    context = pages.plans_page(programme) | {"form": form, "again": again}
    status = 422 if request.method == "POST" else 200
    return render(request, "rollout/plans.html", context, status=status)


def _proposed(programme: Programme, request: PersonRequest, method: Method) -> RolloutPlan:
    groups = groups_of(programme, timezone.localdate())
    return acting.propose(programme, groups, by=request.user, method=method)


@get_or_post
@never_cache
def plan(request: PersonRequest, public_id: UUID, number: int) -> HttpResponse:
    """One plan: what it gives, what is short, what moved; and the decision."""
    rows = RolloutPlan.objects.select_related("programme", "made_by")
    made: RolloutPlan = get_object_or_404(rows, programme__public_id=public_id, number=number)
    if request.POST.get("action") == "adopt":
        return _adopted(request, made)
    form = SeatsForm(made.programme, request.POST or None)
    tried = _tried(made, form) if form.is_bound and form.is_valid() else None
    if tried and request.POST.get("action") == "keep":
        data = form.cleaned_data
        setting_up.set_seats(made.programme, data["region"], data["weeks"], data["seats"])
        messages.success(request, _("De plaatsen zijn bewaard. Maak nu een nieuw plan."))
        return redirect("rollout:plans", public_id)
    compared = acting.compare(made) if "vergelijk" in request.GET else None
    context = pages.plan_page(made, compared) | {"form": form, "tried": tried}
    status = 422 if form.is_bound and not tried else 200
    return render(request, "rollout/plan.html", context, status=status)


def _tried(made: RolloutPlan, form: SeatsForm) -> dict[str, Any] | None:
    data = form.cleaned_data
    if data["region"] not in made.input["regions"]:
        form.add_error("region", _("In dit plan zijn er geen teams in deze regio."))
        return None
    seats = {(data["region"], week): data["seats"] for week in data["weeks"]}
    found, days = acting.try_seats(made, seats)
    return {"days": days, "short": sum(one.people for one in found.shortages)}


def _adopted(request: PersonRequest, made: RolloutPlan) -> HttpResponse:
    try:
        acting.adopt(made)
    except NotNow:
        messages.error(request, _("Dit plan kan niet meer worden vastgesteld: er is een nieuwer."))
    else:
        messages.success(request, _("Vastgesteld. De golven staan klaar."))
    return redirect("rollout:plan", made.programme.public_id, made.number)
