"""The page of outcomes and the modules that serve them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cursussen import api as content
from leer.accounts.requests import PersonRequest
from leer.core.spreadsheet import csv_answer
from leer.monitoring.outcome_coverage import coverage, lines_of


@require_safe
def show(request: PersonRequest) -> HttpResponse:
    """What serves what; for who writes, with the way to a new module."""
    context = {"coverage": coverage(), "new_url": content.new_module_url(request.user)}
    return render(request, "monitoring/outcomes.html", context)


@require_safe
def download(request: PersonRequest) -> HttpResponse:
    """The same as a file."""
    return csv_answer("kenmerken.csv", lines_of(coverage()))
