"""Cases, information pages, and help."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from cursussen import api as content


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


@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """One case; stops at the moment of choice and waits."""
    try:
        found = content.case(slug)
    except LookupError as error:
        raise Http404 from error
    return render(request, "delivery/case.html", {"case": found})


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
