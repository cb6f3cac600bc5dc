"""Cases, information pages, and help."""

from collections.abc import Mapping

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cursussen import api as content

CHOICE, VERSION = "keuze", "versie"  # fields of the form


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The published cases, newest first; ``?thema=`` shows one theme."""
    found = content.cases()
    wanted = request.GET.get("thema", "")
    themes = {theme.slug: theme.name for case in found for theme in case.themes}
    shown = [case for case in found if not wanted or wanted in {t.slug for t in case.themes}]
    url = reverse("delivery:cases")
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
            }
            for case in shown
        ],
        "themes": [
            {"name": name, "slug": slug, "url": f"{url}?thema={slug}", "current": slug == wanted}
            for slug, name in sorted(themes.items(), key=lambda item: item[1])
        ],
        "all_url": url,
    }
    return render(request, "delivery/cases.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """One case; stops at the moment of choice and waits. What was chosen is nowhere kept, not in
    an address either: the answer to the form is the rest of the story.
    """
    found = _case_or_404(slug)
    chosen = _chosen(found, request.POST)
    changed = request.method == "POST" and chosen is None
    context = {
        "case": found,
        "chosen": chosen,
        "changed": changed,
        "is_told": chosen is not None or found.moment is None,
    }
    return render(request, "delivery/case.html", context, status=422 if changed else 200)


def _chosen(found: content.Case, form: Mapping[str, str]) -> content.CaseOption | None:
    """What the reader chose in the text that is live; nothing, of a text that changed since."""
    if found.moment is None or form.get(VERSION) != str(found.version):
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


@require_safe
def help_(request: HttpRequest) -> HttpResponse:
    """Where to go when approached. Leaves no trace: reads no session, writes nothing, is not
    cached, and tells no other site where the reader came from.
    """
    try:
        html = content.info_page("hulp-tekst").html
    except LookupError:
        html = SafeString()
    context = {
        "html": html,
        "contact_name": settings.HELP_CONTACT_NAME,
        "contact_phone": settings.HELP_CONTACT_PHONE,
    }
    response = render(request, "delivery/help.html", context)
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def _info_or_404(key: str) -> content.InfoPage:
    try:
        return content.info_page(key)
    except LookupError as error:
        raise Http404 from error
