"""A holder's own pages, and the page that whoever has the paper checks it on."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leer.accounts.access import SIGNED_IN
from leer.accounts.models import User
from leer.accounts.requests import PersonRequest
from leer.certificates import issuing, paper
from leer.certificates.checking import IS_TRUE, Checked
from leer.certificates.checking import check as held_against_the_ledger
from leer.certificates.forms import ChoicesForm, OpeningForm
from leer.certificates.models import Certificate, Opening
from leer.privacy import api as privacy
from leer.progress import api as progress


# The holder's own ---------------------------------------------------------------------------------
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """Every certificate that this person had made, the last first."""
    made = request.user.certificates.order_by("-issued_at")
    return render(request, "certificates/mine.html", {"certificates": made})


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: PersonRequest, registration: UUID) -> HttpResponse:
    """Choose what a new certificate of this stay shows, and have it made."""
    fact = progress.completion_in(request.user, registration)
    if fact is None:
        raise Http404
    form = ChoicesForm(request.POST or None)
    if form.is_valid():
        chosen: dict[str, Any] = form.cleaned_data
        language = get_language() or settings.LANGUAGE_CODE
        made = issuing.issue(request.user, registration, language=language, **chosen)
        messages.success(request, _("Je certificaat is er."))
        return redirect("certificates:one", made.public_id)
    key = progress.module_of(fact)
    context = {
        "form": form,
        "module_key": key,
        "title": issuing.title_of(key),
        "registration": registration,
        "done_on": timezone.localdate(fact.statement.timestamp),
        "earlier": request.user.certificates.filter(registration=registration, withdrawn_at=None),
    }
    return render(request, "certificates/choose.html", context)


@require_safe
def one(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """A certificate of one's own: what it shows, who can see it, and what one can do with it."""
    certificate = _own(request.user, public_id)
    context = _shown(certificate, held_against_the_ledger(certificate)) | {
        "certificate": certificate,
        "address": paper.address_of(certificate),
        "opening": certificate.opening_at(timezone.now()),
        "openings": certificate.openings.all(),
        "form": OpeningForm(),
    }
    return render(request, "certificates/one.html", context)


@require_safe
@never_cache
def pdf(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The paper, of one that is true."""
    certificate = _own(request.user, public_id)
    checked = held_against_the_ledger(certificate)
    if checked.verdict not in IS_TRUE:
        raise Http404
    answer = HttpResponse(paper.draw(certificate, checked), content_type=paper.MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{paper.file_name(certificate)}"'
    return answer


@require_POST
def open_(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Let people from outside see the check page, for a time."""
    certificate, form = _own(request.user, public_id), OpeningForm(request.POST)
    if form.is_valid() and not certificate.withdrawn_at:
        issuing.open_for_outsiders(certificate, days=form.cleaned_data["days"])
        messages.success(request, _("Wie het adres heeft, kan het certificaat nu controleren."))
    return redirect("certificates:one", public_id)


@require_POST
def close(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Colleagues only, from now on."""
    issuing.close(_own(request.user, public_id))
    messages.success(request, _("Alleen collega’s kunnen het certificaat nu nog controleren."))
    return redirect("certificates:one", public_id)


@require_POST
def withdraw(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Take the certificate back."""
    issuing.withdraw(_own(request.user, public_id))
    messages.success(request, _("Je certificaat is ingetrokken. Je bewijs blijft."))
    return redirect("certificates:one", public_id)


def _own(user: User, public_id: UUID) -> Certificate:
    return get_object_or_404(
        Certificate.objects.select_related("user"), user=user, public_id=public_id
    )


# Whoever has the paper ----------------------------------------------------------------------------
@require_safe
@never_cache
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Whether a certificate is true. For colleagues; for others while the holder has it open. Who
    may not see it gets the same page whether there is such a certificate or not.
    """
    certificate = Certificate.objects.filter(token=token).select_related("user").first()
    if _is_colleague(request):
        return _unseen_by_others(_for_colleague(request, certificate))
    opening = certificate.opening_at(timezone.now()) if certificate else None
    if certificate is None or opening is None:
        return _unseen_by_others(render(request, "certificates/closed.html", status=404))
    return _unseen_by_others(_for_outsider(request, certificate, opening))


def _is_colleague(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and SIGNED_IN.lets_in(request.user)


def _for_colleague(request: HttpRequest, certificate: Certificate | None) -> HttpResponse:
    if certificate is None:
        return render(request, "certificates/unknown.html", status=404)
    assert isinstance(request.user, User)
    checked = held_against_the_ledger(certificate)
    if checked.verdict in IS_TRUE:
        privacy.looked(request.user, "certificates:check", [certificate.user_id])
    context = _shown(certificate, checked) | {
        "frame": "base.html",
        "is_own": certificate.user_id == request.user.pk,
    }
    return render(request, "certificates/check.html", context)


def _for_outsider(request: HttpRequest, certificate: Certificate, opening: Opening) -> HttpResponse:
    issuing.seen_by_outsider(opening)
    context = _shown(certificate, held_against_the_ledger(certificate))
    return render(request, "certificates/check.html", context | {"frame": "base_plain.html"})


def _shown(certificate: Certificate, checked: Checked) -> dict[str, Any]:
    """What the holder chose, and only of a certificate that is true."""
    context: dict[str, Any] = {
        "verdict": checked.verdict.value,
        "checked_at": timezone.now(),
        "withdrawn_at": certificate.withdrawn_at,
        "valid_until": certificate.valid_until,
        "organisation": settings.ORGANISATION_NAME,
    }
    if checked.verdict in IS_TRUE:
        context |= {
            "name": certificate.name,
            "title": certificate.title,
            "facts": paper.facts(certificate, checked),
        }
    return context


def _unseen_by_others(answer: HttpResponse) -> HttpResponse:
    """No search engine, and no site that is visited next, gets to know the address."""
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
