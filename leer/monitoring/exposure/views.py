"""The programme's pages that show how a rollout stands. For the programme only: class D."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leer.core.spreadsheet import csv_answer
from leer.monitoring.counts import whole as whole_view
from leer.monitoring.exposure.calendar import calendar_of, plan_to_show
from leer.monitoring.exposure.export import lines_of
from leer.monitoring.exposure.picture import Picture
from leer.monitoring.exposure.reading import Standing, latest_by_programme, standing_of
from leer.privacy import api as privacy
from leer.privacy.api import Facility
from leer.rollout.models import Programme


@require_safe
@never_cache
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme, with where it stands if that may be known."""
    latest = latest_by_programme() if privacy.allowed(Facility.STANDING) else {}
    lines = [(one, latest.get(one.pk)) for one in Programme.objects.all()]
    return render(request, "monitoring/programmes.html", {"programmes": lines})


@require_safe
@never_cache
def whole(request: HttpRequest) -> HttpResponse:
    """How far the whole organisation is, whatever brought a module."""
    modules = whole_view.view_of(timezone.localdate())
    return render(request, "monitoring/whole.html", {"modules": modules})


@require_safe
@never_cache
def programme(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How one programme stands on a day."""
    found, on = _asked(request, public_id)
    standing = standing_of(found, on)
    context: dict[str, Any] = {"programme": found, "on": on, "standing": standing}
    if standing:
        context["picture"] = Picture(standing)
    return render(request, "monitoring/programme.html", context)


@require_safe
@never_cache
def rows(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the figures are made of: a row per region and band, never a person."""
    standing = _standing(request, public_id)
    region, band = request.GET.get("regio"), request.GET.get("band")
    chosen = [
        row
        for row in standing.rows
        if (region is None or row.region == region) and (band is None or row.band == band)
    ]
    context = {
        "programme": standing.programme,
        "standing": standing,
        "rows": chosen,
        "region": region,
        "band": band,
        "all": len(chosen) == len(standing.rows),
    }
    return render(request, "monitoring/programme_rows.html", context)


@require_safe
@never_cache
def programme_csv(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The dashboard as a file."""
    standing = _standing(request, public_id)
    name = f"blootstelling-{standing.day.isoformat()}.csv"
    return csv_answer(name, lines_of(standing))


@require_safe
@never_cache
def planning(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The plan as a calendar, a region at a time."""
    found = get_object_or_404(Programme, public_id=public_id)
    number = request.GET.get("plan", "")
    plan = plan_to_show(found, int(number) if number.isdecimal() else None)
    context: dict[str, Any] = {"programme": found, "plan": plan}
    if plan:
        context["calendar"] = calendar_of(
            found,
            plan,
            region=request.GET.get("regio", ""),
            page=request.GET.get("pagina", "1"),
            today=timezone.localdate(),
        )
    return render(request, "monitoring/programme_planning.html", context)


def _asked(request: HttpRequest, public_id: UUID) -> tuple[Programme, date]:
    """The programme, and the day that was asked (yesterday's end is the last there can be)."""
    found = get_object_or_404(Programme, public_id=public_id)
    try:
        asked = parse_date(request.GET.get("op", ""))
    except ValueError:  # a form of a date, and no day
        asked = None
    return found, asked or timezone.localdate()


def _standing(request: HttpRequest, public_id: UUID) -> Standing:
    standing = standing_of(*_asked(request, public_id))
    if standing is None:
        raise Http404
    return standing
