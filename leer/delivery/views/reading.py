"""Cases and information pages."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cursussen import api as content
from leer.accounts.requests import PersonRequest
from leer.delivery import actions, finding_cases
from leer.progress import api as progress

CHOICE, WORDS = "keuze", "woorden"  # fields of the form
BEGIN, WHOLE = "lees", "heel"  # in the address: past what is said ahead, or past the choice


@require_safe
def cases(request: PersonRequest) -> HttpResponse:
    """The published cases, newest first; what is in the address narrows the list."""
    everything = content.cases()
    found = finding_cases.find(everything, request.GET)
    read = progress.cases_read_by(request.user)
    context = {
        "cases": [
            {
                "title": case.title,
                "url": reverse("delivery:case", args=[case.slug]),
                "summary": case.summary,
                "themes": [theme.name for theme in case.themes],
                "picture": case.picture,
                "minutes": case.minutes,
                "published_on": case.published_on,
                "read_at": read.get(case.key),
            }
            for case in found.cases
        ],
        "total": len(everything),
        "ways": found.ways,
        "chosen": found.chosen,
    }
    return render(request, "delivery/cases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def case(request: PersonRequest, slug: str) -> HttpResponse:
    """One case; stops at the moment of choice and waits, unless somebody read it before and asks
    for all of it. What could be hard to read is said ahead of it. What was chosen is nowhere kept,
    not in an address either: the answer to the form is the rest of the story.
    """
    found = _case_or_404(slug)
    read_at = progress.cases_read_by(request.user).get(found.key)
    chosen = _chosen(found, request.POST)
    changed = request.method == "POST" and chosen is None
    knows_it = read_at is not None and WHOLE in request.GET
    if found.sensitivity and not (BEGIN in request.GET or request.method == "POST" or knows_it):
        return render(request, "delivery/case_ahead.html", {"case": found, "read_at": read_at})
    context = {
        "case": found,
        "chosen": chosen,
        "changed": changed,
        "is_told": chosen is not None or knows_it or found.moment is None,
        "read_at": read_at,
    }
    return render(request, "delivery/case.html", context, status=422 if changed else 200)


@require_POST
def case_read(request: PersonRequest, slug: str) -> HttpResponse:
    """The reader says that they read it: their own act, that nobody asks for."""
    found = _case_or_404(slug)
    actions.read_case(request.user, found)
    messages.success(request, _("Bij deze casus staat nu dat je hem hebt gelezen."))
    return redirect("delivery:cases")


@require_safe
def case_talk(request: HttpRequest, slug: str) -> HttpResponse:
    """The story up to the moment of choice, with questions to talk about it together: on paper, and
    with nothing of anybody. A case without such a moment has none.
    """
    found = _case_or_404(slug)
    if found.moment is None:
        raise Http404
    return render(request, "delivery/case_talk.html", {"case": found, "moment": found.moment})


def _chosen(found: content.Case, form: Mapping[str, str]) -> content.CaseOption | None:
    """What the reader chose among the words that are live; nothing, when those changed since."""
    if found.moment is None or form.get(WORDS) != found.moment.fingerprint:
        return None
    return found.moment.option(form.get(CHOICE, ""))


def _case_or_404(slug: str) -> content.Case:
    try:
        return content.case(slug)
    except content.UnknownCase as error:
        raise Http404 from error


@require_safe
def info(request: HttpRequest, key: str) -> HttpResponse:
    """An information page: accessibility, privacy."""
    return render(request, "delivery/info.html", {"page": _info_or_404(key)})


def _info_or_404(key: str) -> content.InfoPage:
    try:
        return content.info_page(key)
    except LookupError as error:
        raise Http404 from error
