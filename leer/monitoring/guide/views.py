"""The guide as a page that a leader prints."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leer.accounts.requests import PersonRequest
from leer.monitoring.guide.moments import guide_of
from leer.organisation import api as organisation


@require_safe
@never_cache
def guide(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """What a team may talk about that one leads or stands in for; another's is not there."""
    team = organisation.teams_open_to(request.user).filter(public_id=public_id).first()
    if team is None:
        raise Http404
    return render(request, "monitoring/guide.html", {"team": team, "moments": guide_of(team)})
