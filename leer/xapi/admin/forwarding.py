"""Forwarding in the admin: every target, how far it is, what is wrong, and a pause.

Targets are made by command, on the server: their secret goes through no browser. Pausing and
going on are written in Wagtail's log, with who did it.
"""

import re
from collections.abc import Callable
from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from leer.xapi.admin.words import VERBS, short
from leer.xapi.forwarding import targets
from leer.xapi.models import ForwardTarget

type Context = dict[str, Any]
PAUSED, RESUMED = "xapi.target.pause", "xapi.target.resume"
TITLE = gettext_lazy("Doorsturen")
STATUS = re.compile(r"^(?:\d+ statements in a row were refused: )?(\d{3})\b")
NO_LRS = "the answer "  # how ``forwarding.sending`` begins when that is no list of ids


class Row:
    """A target in the list. ``refusals`` are the statements that it would not take."""

    def __init__(self, target: ForwardTarget, refusals: int) -> None:
        self.target, self.refusals = target, refusals

    @property
    def is_paused(self) -> bool:
        """Somebody paused it."""
        return self.target.paused_at is not None

    @property
    def is_waiting(self) -> bool:
        """It failed, and is tried again later."""
        return not self.is_paused and self.target.try_again_at is not None

    @property
    def state(self) -> str:
        """That in words."""
        if self.is_paused:
            return _("gepauzeerd")
        return _("wacht na een fout") if self.is_waiting else _("aan")

    @cached_property
    def backlog(self) -> targets.Backlog:
        """What waits for it."""
        return targets.backlog(self.target)

    @property
    def verbs(self) -> list[str]:
        """The verbs that it gets, in words."""
        known = ((VERBS.get(iri), iri) for iri in self.target.verbs)
        return [str(word.label) if word else short(iri) for word, iri in known]

    @property
    def trouble(self) -> str:
        """What went wrong last, in words; empty when nothing did."""
        return trouble(self.target.last_error)


def trouble(said: str) -> str:
    """What is wrong, and what helps. Never the target's own words: these may repeat a statement,
    with its person.
    """
    if found := STATUS.match(said):
        return _of_status(int(found[1]))
    if said.startswith(NO_LRS):
        return _("Het antwoord is niet dat van een LRS. Klopt het adres?")
    return _("Versturen lukte niet (%s).") % said if said else ""


def _of_status(status: int) -> str:
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        text = _("Het doel laat Leer niet binnen (%d). Kloppen sleutel, geheim en rechten daar?")
    elif status == HTTPStatus.TOO_MANY_REQUESTS:
        text = _("Het doel vraagt om even te wachten (%d).")
    elif status in {HTTPStatus.BAD_REQUEST, HTTPStatus.CONTENT_TOO_LARGE}:
        text = _("Het doel weigert alle feiten (%d). Vraag de beheerder ervan naar de reden.")
    elif status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        text = _("Het doel heeft een storing (%d). Leer probeert het vanzelf weer.")
    else:
        text = _("Dit adres neemt geen feiten aan (%d). Klopt het adres?")
    return text % status


class Targets(WagtailAdminTemplateMixin, TemplateView):
    """Every target."""

    template_name = "xapi/targets.html"
    page_title = TITLE
    header_icon = "redirect"
    breadcrumbs_items = [{"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> Context:
        """All rows: there are as many as systems. What a target has already is no refusal."""
        context: Context = super().get_context_data(**kwargs)
        is_refused = ~Q(refusals__status=HTTPStatus.CONFLICT)
        found = ForwardTarget.objects.annotate(refused=Count("refusals", filter=is_refused))
        context["rows"] = [Row(target, target.refused) for target in found.order_by("name")]
        return context


class Change(View):
    """Do something with one target, and come back to the list."""

    http_method_names = ["post"]
    is_needed: Callable[[ForwardTarget], bool]
    change: Callable[[ForwardTarget], None]
    action: str
    done: Any

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it; a second time nothing happens."""
        with transaction.atomic():
            target = get_object_or_404(ForwardTarget.objects.select_for_update(), pk=pk)
            if type(self).is_needed(target):
                type(self).change(target)
                log(instance=target, action=self.action, user=request.user)
        messages.success(request, self.done % {"name": target.name})
        return redirect("ledger:targets")


class Pause(Change):
    """Send nothing more, until somebody resumes."""

    is_needed = staticmethod(lambda target: not target.paused_at)
    change = staticmethod(targets.pause)
    action = PAUSED
    done = gettext_lazy("“%(name)s” is gepauzeerd. Wat nu bijkomt, wacht.")


class Resume(Change):
    """Go on where it was; also before the time, after something was put right."""

    is_needed = staticmethod(lambda target: bool(target.paused_at or target.try_again_at))
    change = staticmethod(targets.resume)
    action = RESUMED
    done = gettext_lazy("“%(name)s” gaat verder. Binnen een minuut begint Leer met wat wacht.")
