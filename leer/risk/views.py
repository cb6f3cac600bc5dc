"""The programme's pages about the risk of teams. No message and no log holds a score."""

import logging
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leer.accounts.requests import PersonRequest
from leer.organisation.api import Team
from leer.risk import actions, csv_files, pages
from leer.risk.forms import DecisionForm, FileForm, ProfileForm
from leer.risk.judging import NOTHING, judgements_of
from leer.risk.models import RiskProfile, State
from leer.risk.scoring.algorithm import CHOSEN
from leer.risk.selectors import teams_without_profile

logger = logging.getLogger(__name__)
PER_PAGE = 50
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def overview(request: PersonRequest) -> HttpResponse:
    """Every team, by name unless asked otherwise, on any day."""
    day = _day(request)
    lines = pages.lines_on(day)
    asked = {
        "search": request.GET.get("zoek", "").strip(),
        "band": request.GET.get("band", ""),
        "order": request.GET.get("volgorde", "naam"),
    }
    found = pages.chosen(lines, search=asked["search"], band=asked["band"])
    ordered = pages.in_order(found, asked["order"])
    context = {
        "day": day,
        "today": timezone.localdate(),
        "asked": asked,
        "counts": pages.counts(lines),
        "orders": pages.ORDERS,
        "page": Paginator(ordered, PER_PAGE).get_page(request.GET.get("pagina")),
        "query": _query(request),
        "waiting": sum(line.waits for line in lines),
        "overdue": sum(line.overdue for line in lines),
        "total": len(lines),
    }
    return render(request, "risk/overview.html", context)


@require_safe
@never_cache
def team(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """One team's score on a day, factor by factor."""
    found = get_object_or_404(Team, public_id=public_id)
    day = _day(request)
    context = pages.team_page(found, day) | {"day": day, "today": timezone.localdate()}
    return render(request, "risk/team.html", context)


@get_or_post
@never_cache
def propose(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """A new version of a team's profile, or the draft that somebody left."""
    found = get_object_or_404(Team, public_id=public_id)
    last = RiskProfile.objects.filter(team=found).exclude(state=State.WITHDRAWN)
    newest = last.order_by("-number").first()
    if newest and newest.state == State.SUBMITTED:
        return redirect("risk:version", public_id, newest.number)
    initial = judgements_of(newest) if newest else NOTHING
    form = ProfileForm(request.POST or None, initial)
    if request.method == "POST" and (profile := _keep(request, found, form)):
        return redirect("risk:version", public_id, profile.number)
    status = 422 if request.method == "POST" else 200
    context = {"team": found, "form": form, "newest": newest}
    return render(request, "risk/propose.html", context, status=status)


@get_or_post
@never_cache
def version(request: PersonRequest, public_id: UUID, number: int) -> HttpResponse:
    """One version, and the decision of a second person."""
    versions = RiskProfile.objects.select_related("team", "proposed_by", "decided_by")
    profile: RiskProfile = get_object_or_404(versions, team__public_id=public_id, number=number)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and _decide(request, [profile], form):
        return redirect("risk:version", public_id, number)
    context = {
        "profile": profile,
        "factors": pages.judged_lines(profile),
        "form": form,
        "own": profile.proposed_by_id == request.user.pk,
    }
    return render(request, "risk/version.html", context, status=422 if form.errors else 200)


@get_or_post
@never_cache
def together(request: PersonRequest, batch: UUID) -> HttpResponse:
    """Proposals that came in together, decided on at once."""
    versions = RiskProfile.objects.filter(batch=batch).select_related("team", "proposed_by")
    profiles = list(versions.order_by("team__name", "team_id"))
    if not profiles:
        raise Http404
    waiting = [profile for profile in profiles if profile.state == State.SUBMITTED]
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and _decide(request, waiting, form):
        return redirect("risk:review")
    context = {
        "batch": batch,
        "profiles": profiles,
        "waiting": waiting,
        "form": form,
        "own": profiles[0].proposed_by_id == request.user.pk,
        "provisional": profiles[0].provisional,
    }
    return render(request, "risk/together.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
def review(request: PersonRequest) -> HttpResponse:
    """What waits, what is overdue, and what nobody judged."""
    today = timezone.localdate()
    context = pages.review_page(today) | {
        "without": teams_without_profile(today).count(),
        "me": request.user,
    }
    return render(request, "risk/review.html", context)


@get_or_post
@never_cache
def start(request: PersonRequest) -> HttpResponse:
    """A provisional profile for every team that has none: first look, then propose."""
    proposals = actions.provisional_proposals(timezone.localdate())
    if request.method == "POST" and proposals:
        ready = {team.pk: judgements for team, judgements in proposals.items()}
        try:
            batch = actions.submit_together(ready, by=request.user, provisional=True)
        except ValidationError as error:
            _tell(request, error)
        else:
            messages.success(request, _("Voorgesteld. Een tweede persoon keurt dit goed."))
            return redirect("risk:together", batch)
    rows = [(team, [said[factor].level for factor in CHOSEN]) for team, said in proposals.items()]
    return render(request, "risk/start.html", {"rows": rows})


@get_or_post
@never_cache
def imports(request: PersonRequest) -> HttpResponse:
    """A file with profiles: whole or nothing."""
    form = FileForm(request.POST or None, request.FILES or None)
    errors: list[Any] = []
    if request.method == "POST" and form.is_valid():
        uploaded = form.cleaned_data["profiles"]
        today = timezone.localdate()
        reading = csv_files.read(uploaded.name or csv_files.FILE, uploaded.read(), on=today)
        errors = reading.errors
        if not errors and (answer := _take_in(request, reading)):
            return answer
    wrong = bool(errors or form.errors)
    context = {"form": form, "errors": errors, "columns": csv_files.SHEET.columns}
    return render(request, "risk/imports.html", context, status=422 if wrong else 200)


@require_safe
@never_cache
def export(request: PersonRequest) -> HttpResponse:
    """What is in force today, as it can be read in again."""
    logger.info("Risk profiles were exported by account %s", request.user.pk)
    answer = HttpResponse(
        csv_files.write(timezone.localdate()), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{csv_files.FILE}"'
    return answer


def _day(request: PersonRequest) -> date:
    """The day that is asked for; today when it is none, or still to come."""
    today = timezone.localdate()
    try:
        asked = parse_date(request.GET.get("op", ""))
    except ValueError:
        asked = None
    return min(asked, today) if asked and asked.year >= 1900 else today


def _query(request: PersonRequest) -> str:
    """What was asked, without the number of the page."""
    asked = request.GET.copy()
    asked.pop("pagina", None)
    return asked.urlencode()


def _keep(request: PersonRequest, team: Team, form: ProfileForm) -> RiskProfile | None:
    """Submit or keep as a draft, by the button; ``None`` when the form must be shown again."""
    submits = request.POST.get("action") != "draft"
    if not form.is_valid(submit_on=timezone.localdate() if submits else None):
        return None
    keep = actions.submit if submits else actions.save_draft
    try:
        profile = keep(team, form.judgements, by=request.user)
    except ValidationError as error:
        _tell(request, error)
        return None
    done = _("Voorgelegd. Een tweede persoon besluit.") if submits else _("Bewaard als concept.")
    messages.success(request, done)
    return profile


def _decide(request: PersonRequest, profiles: list[RiskProfile], form: DecisionForm) -> bool:
    """What the button says; ``False`` when the form must be shown again."""
    if not form.is_valid():
        return False
    reason, by = form.cleaned_data["reason"], request.user
    try:
        match request.POST.get("action"):
            case "approve":
                actions.approve(profiles, by=by, reason=reason)
                messages.success(request, _("Goedgekeurd. Dit telt vanaf vandaag."))
            case "refuse":
                actions.refuse(profiles, by=by, reason=reason)
                messages.success(request, _("Afgewezen. Wat gold, blijft gelden."))
            case "withdraw":
                for profile in profiles:
                    actions.withdraw(profile, by=by)
                messages.success(request, _("Ingetrokken."))
    except ValidationError as error:
        form.add_error("reason", error)
        return False
    return True


def _take_in(request: PersonRequest, reading: csv_files.Reading) -> HttpResponse | None:
    if not reading.proposals:
        messages.success(request, _("Alles in dit bestand staat al zo in Leer."))
        return redirect("risk:imports")
    try:
        batch = actions.submit_together(reading.proposals, by=request.user)
    except ValidationError as error:
        _tell(request, error)
        return None
    count = len(reading.proposals)
    text = ngettext(
        "%(count)d profiel voorgelegd. Een tweede persoon besluit.",
        "%(count)d profielen voorgelegd. Een tweede persoon besluit.",
        count,
    )
    messages.success(request, text % {"count": count})
    return redirect(reverse("risk:together", args=[batch]))


def _tell(request: PersonRequest, error: ValidationError) -> None:
    for text in error.messages:
        messages.error(request, text)
