"""Keeps the access table (``leer.accounts.access``) at the door of every view."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from leer.accounts.access import rule_for


class AccessByTable:
    """Lets a request through to its view only when the table says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the URL is resolved; after it, what is a person's is not kept:
        the next person at this screen presses *back*.
        """
        response = self.get_response(request)
        rule = rule_for(request) if request.resolver_match else None
        if rule and not rule.anyone and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Open, ask to sign in, or refuse. Open pages never touch the session."""
        rule = rule_for(request)
        if rule is None:
            raise Http404
        if rule.anyone:
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not rule.lets_in(request.user):
            raise PermissionDenied
        return None
