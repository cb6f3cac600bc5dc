"""A programme from nothing: what, for whom, where, and what stands in the way."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leer.accounts.requests import PersonRequest
from leer.rollout import pages
from leer.rollout.forms import (
    BlockerForm,
    RuleForm,
    SeatsForm,
    SolvedForm,
    WishForm,
)
from leer.rollout.models import ItemKind, Programme
from leer.rollout.programme_form import FOR, ProgrammeForm
from leer.rollout.programmes import setting_up
from leer.rollout.programmes.audience import preview
from leer.rollout.programmes.setting_up import CannotBegin

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def found(public_id: UUID) -> Programme:
    """The programme of this address."""
    return get_object_or_404(Programme, public_id=public_id)


@get_or_post
@never_cache
def new(request: PersonRequest) -> HttpResponse:
    """A new programme."""
    form = ProgrammeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = form.save(commit=False)
        programme = setting_up.create(made, form.parts, by=request.user)
        return redirect("rollout:audience", programme.public_id)
    return _page(request, "rollout/facts.html", None, form, {"here": "facts"})


@get_or_post
@never_cache
def facts(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """What the programme is, and by when."""
    programme = found(public_id)
    form = ProgrammeForm(request.POST or None, instance=programme, initial=_parts(programme))
    if request.method == "POST" and form.is_valid():
        setting_up.change(form.save(commit=False), form.parts)
        messages.success(request, _("Bewaard. Maak een nieuw plan als dit de planning raakt."))
        return redirect("rollout:facts", public_id)
    return _page(request, "rollout/facts.html", programme, form, {"here": "facts"})


def _parts(programme: Programme) -> dict[str, Any]:
    """What the form shows beside the programme's own fields."""
    items = list(programme.items.all())
    modules = [item for item in items if item.kind == ItemKind.MODULE]
    session = next((item for item in items if item.kind == ItemKind.SESSION), None)
    return {
        "modules": [item.module_key for item in modules],
        **{f"{FOR}{item.module_key}": item.job_functions for item in modules},
        "session": session.title if session else "",
        "minutes": session.minutes if session else None,
        **{
            f"deadline_{band}": week
            for band, week in programme.deadlines.values_list("band", "week")
        },
    }


@get_or_post
@never_cache
def audience(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """For whom: the rules, and whom they hit."""
    programme = found(public_id)
    removing = request.POST.get("remove")
    if removing:
        programme.rules.filter(pk=removing).delete()
        return redirect("rollout:audience", public_id)
    form = RuleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        rule = form.save(commit=False)
        rule.programme, rule.position = programme, programme.rules.count()
        rule.save()
        return redirect("rollout:audience", public_id)
    shown = pages.audience_page(programme, preview(programme, timezone.localdate()))
    return _page(request, "rollout/audience.html", programme, form, shown)


@get_or_post
@never_cache
def seats(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Where there are seats, and what teams wish."""
    programme = found(public_id)
    form = SeatsForm(programme, request.POST if "seats" in request.POST else None)
    wish = WishForm(request.POST if "team" in request.POST else None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        setting_up.set_seats(programme, data["region"], data["weeks"], data["seats"])
        return redirect("rollout:seats", public_id)
    if wish.is_bound and wish.is_valid():
        programme.wishes.update_or_create(
            team=wish.cleaned_data.pop("team"), defaults=wish.cleaned_data
        )
        return redirect("rollout:seats", public_id)
    if removing := request.POST.get("remove"):
        programme.wishes.filter(pk=removing).delete()
        return redirect("rollout:seats", public_id)
    context = pages.seats_page(programme) | {"wish": wish}
    return _page(request, "rollout/seats.html", programme, form, context)


@get_or_post
@never_cache
def blockers(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """What stands in the way, and the button that lets the programme begin."""
    programme = found(public_id)
    form = BlockerForm(request.POST if "what" in request.POST else None)
    solved = SolvedForm(request.POST if "solved_with" in request.POST else None)
    if form.is_bound and form.is_valid():
        blocker = form.save(commit=False)
        blocker.programme, blocker.since = programme, timezone.localdate()
        blocker.save()
        return redirect("rollout:blockers", public_id)
    if solved.is_bound and solved.is_valid():
        blocker = get_object_or_404(programme.blockers, pk=request.POST.get("blocker"))
        setting_up.solve(blocker, by=request.user, solved_with=solved.cleaned_data["solved_with"])
        return redirect("rollout:blockers", public_id)
    if request.POST.get("action") in {"begin", "close"}:
        _begin_or_close(request, programme)
        return redirect("rollout:blockers", public_id)
    context = pages.blockers_page(programme) | {"solved": solved}
    return _page(request, "rollout/blockers.html", programme, form, context)


def _begin_or_close(request: PersonRequest, programme: Programme) -> None:
    if request.POST["action"] == "close":
        setting_up.close(programme)
        return
    try:
        setting_up.begin(programme)
    except CannotBegin as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Het programma loopt. Golven gaan open op hun dag."))


def _page(
    request: PersonRequest,
    template: str,
    programme: Programme | None,
    form: forms.BaseForm,
    context: dict[str, Any],
) -> HttpResponse:
    bad = request.method == "POST"
    return render(
        request,
        template,
        {"programme": programme, "form": form, **context},
        status=422 if bad else 200,
    )
