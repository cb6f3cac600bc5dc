"""The register and the decisions of the works council, for everybody whom they are about."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leer.accounts.requests import PersonRequest
from leer.accounts.roles import Role
from leer.privacy import council, looks
from leer.privacy.annex import lines
from leer.privacy.forms import DecisionForm
from leer.privacy.kinds import SEEN_BY, WHAT
from leer.privacy.models import CouncilDecision
from leer.privacy.policy import without_decision


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What is kept of persons, by what it tells."""
    everything = list(lines())
    sections = [
        {
            "title": WHAT[kind],
            "seen_by": seen_by,
            "lines": [line for line in everything if line.kind == kind],
        }
        for kind, seen_by in SEEN_BY.items()
    ]
    return render(request, "privacy/register.html", {"sections": sections})


@require_safe
@never_cache
def decisions(request: PersonRequest) -> HttpResponse:
    """What is on, by which decision and until when; and the buttons for who may press them."""
    context = {
        "standings": council.standings(),
        "always": without_decision(),
        "looks": looks.by_page_and_month(),
        "k": settings.DISCLOSURE_K,
        "may_record": request.user.has_role(Role.PROGRAMME),
        "may_confirm": request.user.has_role(Role.ADMINISTRATOR),
        "may_end": request.user.has_role(Role.PROGRAMME, Role.ADMINISTRATOR),
    }
    return render(request, "privacy/decisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def record(request: PersonRequest) -> HttpResponse:
    """Write down what the works council decided."""
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            council.record(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Vastgelegd. Het geldt zodra een beheerder het heeft bevestigd.")
            )
            return redirect("privacy:decisions")
    status = 422 if form.is_bound else 200
    return render(request, "privacy/record.html", {"form": form}, status=status)


@require_POST
@never_cache
def confirm(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """A second person, with the minutes at hand."""
    decision = get_object_or_404(CouncilDecision, public_id=public_id)
    return _done(
        request, lambda: council.confirm(decision, by=request.user), _("Het besluit is bevestigd.")
    )


@require_POST
@never_cache
def end(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Off, from now on."""
    decision = get_object_or_404(CouncilDecision, public_id=public_id)
    reason = request.POST.get("reason", "")
    return _done(
        request,
        lambda: council.end(decision, by=request.user, reason=reason),
        _("Het besluit is beëindigd. Wat erop rustte, staat nu uit."),
    )


def _done(request: PersonRequest, action: Callable[[], object], told: str) -> HttpResponse:
    """Do it, and say so; or say why not."""
    try:
        action()
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, told)
    return redirect("privacy:decisions")
