"""The register, for everybody who is in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leer.privacy.annex import lines
from leer.privacy.kinds import SEEN_BY, WHAT


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """What is kept of persons, by what it tells."""
    everything = list(lines())
    sections = [
        {
            "title": WHAT[kind],
            "seen_by": seen_by,
            "lines": [line for line in everything if line.kind == kind],
        }
        for kind, seen_by in SEEN_BY.items()
    ]
    return render(request, "privacy/register.html", {"sections": sections})
