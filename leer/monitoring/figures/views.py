"""The pages with figures about stories. They read releases only, so a refresh tells nothing."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leer.core.language import lang_attribute
from leer.core.spreadsheet import csv_answer
from leer.monitoring.figures import reading
from leer.monitoring.figures.export import lines_of
from leer.monitoring.figures.judging import items_of
from leer.questions.api import Question
from leer.scenarios.models import Scenario, ScenarioVersion


@require_safe
@never_cache
def stories(request: HttpRequest) -> HttpResponse:
    """Every story, with how many played it."""
    context = {"stories": reading.stories(), "k": settings.DISCLOSURE_K}
    return render(request, "monitoring/stories.html", context)


@require_safe
@never_cache
def story(request: HttpRequest, key: str, language: str, number: int = 0) -> HttpResponse:
    """How one version of a story is played."""
    scenario, version = _version(key, language, number)
    context: dict[str, Any] = {
        "scenario": scenario,
        "version": version,
        "versions": scenario.versions.order_by("-number"),
        "flow": reading.flow_of(version),
        "lang": lang_attribute(scenario.language),
        "k": settings.DISCLOSURE_K,
    }
    return render(request, "monitoring/story.html", context)


@require_safe
@never_cache
def story_csv(request: HttpRequest, key: str, language: str, number: int) -> HttpResponse:
    """The same as a file."""
    scenario, version = _version(key, language, number)
    flow = reading.flow_of(version)
    if not flow:
        raise Http404
    name = f"{scenario.key}-{scenario.language}-v{version.number}.csv"
    return csv_answer(name, lines_of(flow))


def _version(key: str, language: str, number: int) -> tuple[Scenario, ScenarioVersion]:
    """This version, or the one that is played now; of a story that was ever published."""
    scenario = (
        Scenario.objects.filter(key=key, language=language, live_version__isnull=False)
        .select_related("live_version")
        .first()
    )
    if not scenario:
        raise Http404
    version = scenario.versions.filter(number=number).first() if number else scenario.live_version
    if not version:
        raise Http404
    return scenario, version


@require_safe
@never_cache
def question(request: HttpRequest, key: str) -> HttpResponse:
    """How one question is answered; the way here is beside the question in the CMS."""
    found = get_object_or_404(Question, key=key)
    context = {"question": found, "items": items_of(found), "k": settings.DISCLOSURE_K}
    return render(request, "monitoring/question.html", context)
