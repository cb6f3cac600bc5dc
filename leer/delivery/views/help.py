"""Where to go when approached. Leaves no trace: reads no session, writes nothing, is not cached,
and tells no other site where the reader came from.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from cursussen import api as content
from leer.delivery import where


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """What somebody may be in, and everybody who can be called, in their order."""
    try:
        html = content.info_page("hulp-tekst").html
    except LookupError:
        html = SafeString()
    return _without_trace(
        request, "delivery/help.html", {"html": html, "situations": where.SITUATIONS}
    )


@require_safe
def situation(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom to call first, and what to do now; the second tap from any page."""
    found = where.BY_SLUG.get(slug)
    if found is None:
        raise Http404
    first = where.contacts()[found.contact]
    context = {
        "situation": found,
        "first": first,
        "needs_number": first.phone is not None,
        "advice": where.contacts().get(found.advice),
    }
    return _without_trace(request, "delivery/help_situation.html", context)


def _without_trace(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context | {"contacts": where.contacts()})
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response
