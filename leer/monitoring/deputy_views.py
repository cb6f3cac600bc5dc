"""Who stands in for a manager: asked for by the manager, seen and ended there."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leer.accounts.models import User
from leer.accounts.requests import PersonRequest
from leer.monitoring.deputy_form import DeputyForm
from leer.organisation import api as organisation


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def deputies(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Who stands in for this team, and the form to ask somebody. For who leads it."""
    team = _led_or_404(request.user, public_id)
    form = DeputyForm(request.POST or None, team=team, reader=request.user)
    if request.method == "POST" and form.is_valid() and _asked(team, request.user, form):
        messages.success(request, _("Gevraagd. Je collega ziet Mijn team nu in die dagen."))
        return redirect("monitoring:deputies", public_id=public_id)
    context = {"team": team, "form": form, "deputies": organisation.deputies_of(team)}
    status = 422 if form.is_bound else 200
    return render(request, "monitoring/deputies.html", context, status=status)


@require_POST
@never_cache
def end_deputy(request: PersonRequest, public_id: UUID, number: int) -> HttpResponse:
    """Ended before its time."""
    team = _led_or_404(request.user, public_id)
    found = get_object_or_404(organisation.Deputyship, team=team, pk=number)
    organisation.end_deputyship(found, by=request.user)
    messages.success(request, _("De vervanging is beëindigd."))
    return redirect("monitoring:deputies", public_id=public_id)


def _led_or_404(user: User, public_id: UUID) -> organisation.Team:
    team = organisation.teams_led_by(user).filter(public_id=public_id).first()
    if team is None:
        raise Http404
    return team


def _asked(team: organisation.Team, by: User, form: DeputyForm) -> bool:
    """Whether it could be; if not the form says why."""
    data = form.cleaned_data
    days = {"first_day": data["first_day"], "last_day": data["last_day"]}
    try:
        organisation.appoint_deputy(team, data["deputy"], by=by, **days)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
