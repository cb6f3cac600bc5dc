"""What Leer keeps of whoever asks."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leer.accounts.requests import PersonRequest
from leer.delivery import own_data
from leer.delivery.forms import DaysForm
from leer.privacy import api as privacy
from leer.rollout import api as rollout

LOOKS = 50  # on the page; the file has all


@require_safe
@never_cache
def show(request: PersonRequest) -> HttpResponse:
    """Who this person is, what is kept, who looked at it."""
    looks = list(privacy.looks_at(request.user))
    context = {
        "places": own_data.places_of(request.user),
        "decisions": own_data.decisions_of(request.user),
        "holdings": list(privacy.holdings_of(request.user)),
        "requests": rollout.corrections_of(request.user),
        "desk": settings.PERSONNEL_DESK,
        "looks": looks[:LOOKS],
        "more_looks": max(0, len(looks) - LOOKS),
    }
    return render(request, "delivery/own_data.html", context)


@require_safe
@never_cache
def download(request: PersonRequest) -> HttpResponse:
    """All of it as one file."""
    name = own_data.file_name(timezone.now())
    answer = JsonResponse(
        own_data.export_of(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@never_cache
def on_a_day(request: PersonRequest) -> HttpResponse:
    """Where this person was with every module on a day (``?dag=``), as Leer knew it on another
    (``?bekend=``); both today unless asked otherwise.
    """
    form = DaysForm(request.GET)
    days = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    day, known_on = days.get("dag") or today, days.get("bekend") or today
    context = {
        "form": form,
        "day": day,
        "known_on": known_on,
        "rows": own_data.rows_on(request.user, day, known_on),
    }
    return render(request, "delivery/on_a_day.html", context)
