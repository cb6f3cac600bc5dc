"""Who need not take part: seen, given and taken back."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leer.accounts.requests import PersonRequest
from leer.privacy import api as privacy
from leer.rollout import pages
from leer.rollout.forms import ExemptForm, TakeBackForm
from leer.rollout.models import Programme
from leer.rollout.programmes import exempting
from leer.rollout.programmes.exempting import Grounds


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def exemptions(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Who is exempt and who was; an exemption is looked at before it is given."""
    programme = get_object_or_404(Programme, public_id=public_id)
    action = request.POST.get("action", "")
    why = TakeBackForm(request.POST if action in {"take_back", "take_all_back"} else None)
    if why.is_bound and why.is_valid():
        return _taken_back(request, programme, why.cleaned_data["because"])
    fills_in = request.method == "POST" and not why.is_bound
    form = ExemptForm(programme, request.POST if fills_in else None)
    good = form.is_bound and form.is_valid()
    if good and action == "give":
        return _given(request, programme, form.cleaned_data)
    context = _page(request, programme) | {
        "form": form,
        "why": why,
        "chosen": _chosen(request),
        "looked": pages.looked(programme, form.cleaned_data, request.user) if good else None,
    }
    privacy.looked(request.user, "rollout:exemptions", _shown(context))
    status = 422 if why.is_bound or (form.is_bound and not good) else 200
    return render(request, "rollout/exemptions.html", context, status=status)


def _page(request: PersonRequest, programme: Programme) -> dict[str, Any]:
    asked = request.GET
    return {"programme": programme} | pages.exemptions_page(
        programme,
        timezone.localdate(),
        number=asked.get("pagina"),
        given_with=asked.get("samen"),
    )


def _shown(context: Mapping[str, Any]) -> Iterator[int]:
    """Whose names stand on the page."""
    for row in (*context["rows"], *context["earlier"]):
        yield row["exemption"].user_id
    if context["looked"]:
        yield from (one.pk for one in context["looked"]["first"])


def _given(
    request: PersonRequest, programme: Programme, data: dict[str, Any]
) -> HttpResponseRedirect:
    grounds = Grounds(data["reason"], data["module_key"], data["until"])
    made = exempting.exempt(programme, data["people"], grounds, by=request.user)
    told = ngettext(
        "%(count)s collega is vrijgesteld.", "%(count)s collega’s zijn vrijgesteld.", len(made)
    )
    messages.success(request, told % {"count": len(made)})
    return redirect("rollout:exemptions", programme.public_id)


def _chosen(request: PersonRequest) -> list[int]:
    """What was ticked."""
    return [int(pk) for pk in request.POST.getlist("exemption") if pk.isdecimal()]


def _taken_back(request: PersonRequest, programme: Programme, because: str) -> HttpResponseRedirect:
    """Those that were ticked, or every one of the go that was looked at (``?samen=``)."""
    chosen, one = _chosen(request), request.GET.get("samen", "")
    if request.POST["action"] == "take_all_back" and one.isdecimal():
        together = programme.exemptions.given_with(get_object_or_404(programme.exemptions, pk=one))
        chosen = list(together.values_list("pk", flat=True))
    ended = exempting.take_back(programme, chosen, because=because, by=request.user)
    if ended:
        told = ngettext(
            "%(count)s vrijstelling is teruggenomen.",
            "%(count)s vrijstellingen zijn teruggenomen.",
            ended,
        )
        messages.success(request, told % {"count": ended})
    else:
        messages.info(request, _("Er is niets teruggenomen. Vink eerst aan van wie."))
    return redirect("rollout:exemptions", programme.public_id)
