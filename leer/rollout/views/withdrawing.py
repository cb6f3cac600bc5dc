"""An assignment of one colleague that was given by mistake: found, taken back, given back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cursussen import api as content
from leer.accounts.requests import PersonRequest
from leer.privacy import api as privacy
from leer.rollout.correcting import withdrawing
from leer.rollout.forms import GiveBackForm, WithdrawForm
from leer.rollout.models import Withdrawal

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdrawals(request: PersonRequest) -> HttpResponse:
    """A colleague is looked up, and one thing that was asked of them is taken back. What was taken
    back last is below, without names.
    """
    withdraws = request.POST.get("action") == "withdraw"
    form = WithdrawForm(request.POST or None, withdraws=withdraws)
    good = form.is_bound and form.is_valid()
    if good and withdraws and _withdrew(request, form):
        return redirect("rollout:withdrawals")
    if form.user:
        privacy.looked(request.user, "rollout:withdrawals", [form.user.pk])
    live = content.modules()
    last = Withdrawal.objects.order_by("-taken_at", "-pk")[:SHOWN]
    context = {
        "form": form,
        "oneself": form.user == request.user,
        "last": [_row(one, live) for one in last],
    }
    status = 422 if form.is_bound and not good else 200
    return render(request, "rollout/withdrawals.html", context, status=status)


def _row(one: Withdrawal, live: content.Modules) -> dict[str, Any]:
    module = live.get(one.module_key)
    return {"withdrawal": one, "module": module.title if module else one.module_key}


def _withdrew(request: PersonRequest, form: WithdrawForm) -> bool:
    """Take it back, unless it is their own."""
    assignment = form.assignments[form.cleaned_data["assignment"]]
    if form.user == request.user:
        return False
    try:
        withdrawing.withdraw(assignment, reason=form.cleaned_data["reason"], by=request.user)
    except withdrawing.AlreadyDone:
        messages.info(request, _("Dit was al ingetrokken."))
    else:
        messages.success(request, _("Ingetrokken. De collega leest waarom bij Mijn gegevens."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdrawal(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """What was taken back, from whom and why; and the way back."""
    rows = Withdrawal.objects.select_related("user", "programme", "taken_by", "ended_by")
    one = get_object_or_404(rows, public_id=public_id)
    form = GiveBackForm(request.POST or None)
    if form.is_bound and form.is_valid():
        _give_back(request, one, form.cleaned_data["because"])
        return redirect("rollout:withdrawal", public_id)
    privacy.looked(request.user, "rollout:withdrawal", [one.user_id])
    context = _row(one, content.modules()) | {
        "form": form,
        "may_withdraw": withdrawing.may_withdraw(request.user, one.user),
    }
    status = 422 if form.is_bound else 200
    return render(request, "rollout/withdrawal.html", context, status=status)


def _give_back(request: PersonRequest, one: Withdrawal, because: str) -> None:
    try:
        withdrawing.give_back(one, because=because, by=request.user)
    except withdrawing.AlreadyDone:
        messages.info(request, _("Dit was al teruggegeven."))
    else:
        messages.success(request, _("Teruggegeven. Wat past bij het werk, staat weer klaar."))
