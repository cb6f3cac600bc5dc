"""What all of it is for: the six themes, the goals, and the words that we use."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cursussen import api as content


@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    """The six themes as cards."""
    return render(request, "delivery/themes.html", {"themes": content.themes()})


@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """One theme: from where to where, its outcomes, and what in Leer goes with them."""
    try:
        found = content.theme(slug)
    except content.UnknownTheme as error:
        raise Http404 from error
    modules = content.modules()
    context = {
        "theme": found,
        "outcomes": [
            (outcome, [modules[key] for key in outcome.modules if key in modules])
            for outcome in found.outcomes
        ],
        "cases": [case for case in content.cases() if slug in {one.slug for one in case.themes}],
    }
    return render(request, "delivery/theme.html", context)


@require_safe
def goals(request: HttpRequest) -> HttpResponse:
    """What the programme wants, drawn as a tree that is read as a list."""
    found = content.goals()
    context = {
        "main": next((goal for goal in found if goal.is_main), None),
        "goals": [goal for goal in found if not goal.is_main],
        "themes": content.themes(),
    }
    return render(request, "delivery/goals.html", context)


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words that we use, by the alphabet; each with an anchor."""
    return render(request, "delivery/glossary.html", {"terms": content.terms()})
