"""*Dit klopt niet*: the facts about whoever asks, and what they say of one."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leer.accounts.requests import PersonRequest
from leer.delivery.forms import CorrectionForm
from leer.rollout import api as rollout


@require_safe
@never_cache
def facts(request: PersonRequest) -> HttpResponse:
    """Every fact that may be wrong, and what was asked about it."""
    context = {"facts": rollout.facts_of(request.user), "desk": settings.PERSONNEL_DESK}
    return render(request, "delivery/facts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def correct(request: PersonRequest, sign: UUID) -> HttpResponse:
    """Say what one of them should be."""
    known = rollout.fact_of(request.user, sign)
    if known is None:
        raise Http404
    form = CorrectionForm(request.POST or None)
    if form.is_bound and form.is_valid():
        return _asked(request, known, form.cleaned_data["should_be"])
    context = {"known": known, "form": form, "desk": settings.PERSONNEL_DESK}
    return render(request, "delivery/correct.html", context, status=422 if form.is_bound else 200)


def _asked(request: PersonRequest, known: rollout.Known, should_be: str) -> HttpResponse:
    try:
        made = rollout.ask_for_correction(request.user, known, should_be)
    except rollout.AlreadyAskedToCorrect:
        messages.info(request, _("Je vroeg dit al. Het programma kijkt ernaar."))
    else:
        pointed = _("Bewaard. Laat het verbeteren bij %(desk)s.") % {
            "desk": settings.PERSONNEL_DESK
        }
        sent = _("Verstuurd. Iemand van het programma kijkt ernaar.")
        messages.success(request, pointed if made.state == "pointed" else sent)
    return redirect("delivery:facts")
