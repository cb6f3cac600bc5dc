"""Keeps the policy, and the decisions of the works council, at the door of every view."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string

from leer.privacy import council
from leer.privacy.facilities import MEANING, Facility
from leer.privacy.policy import Shown, shown_by


class OnlyWhatWasDecided:
    """Lets a request through to its view when the policy lets its reader see what the page says
    that it shows, and that is on. Stands after ``AccessByTable``, which knows who comes in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the URL is resolved."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Open, refuse, or tell what is off. A page that nobody said anything of is closed."""
        shown = shown_by(request.resolver_match.view_name, request.path)  # type: ignore[union-attr]
        if shown is None:
            raise Http404
        if shown.of and not shown.may_be_seen_by(request.user.roles):  # type: ignore[union-attr]
            raise PermissionDenied
        off = _off(shown)
        if not off:
            return None
        if shown.otherwise:
            answer: HttpResponse = import_string(shown.otherwise)(request, *args, **kwargs)
            return answer
        return _told(request, off)


def _off(shown: Shown) -> list[Facility]:
    """What it needs and is not on; without a query where it needs nothing."""
    if not shown.needs or shown.asked_in_view:
        return []
    on = council.switched_on()
    return [facility for facility in shown.needs if facility not in on]


def _told(request: HttpRequest, off: list[Facility]) -> HttpResponse:
    context = {"off": [(facility.label, MEANING[facility]) for facility in off]}
    return render(request, "privacy/off.html", context, status=403)
