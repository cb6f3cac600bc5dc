"""What colleagues say is not right about themselves: what waits, and an answer."""

from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leer.accounts.requests import PersonRequest
from leer.privacy import api as privacy
from leer.rollout.correcting import judging
from leer.rollout.forms import AnswerForm
from leer.rollout.models import Correction, CorrectionState

SHOWN = 50


@require_safe
@never_cache
def corrections(request: PersonRequest) -> HttpResponse:
    """What waits, first what must be answered first; and what was answered last. Names, and what it
    is about, are on the page of each.
    """
    today = timezone.localdate()
    waiting = Correction.objects.filter(state=CorrectionState.ASKED).order_by("due_on", "pk")
    rows = [{"correction": one, "overdue": one.is_overdue(today)} for one in waiting]
    answered = Correction.objects.filter(state__in=ANSWERED).order_by(F("decided_at").desc(), "-pk")
    context = {
        "waiting": rows,
        "overdue": sum(row["overdue"] is True for row in rows),
        "answered": answered[:SHOWN],
    }
    return render(request, "rollout/corrections.html", context)


ANSWERED = (CorrectionState.ACCEPTED, CorrectionState.REFUSED)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def correction(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """One request: what stands, what it should be, and the buttons of a second person."""
    rows = Correction.objects.select_related("user", "decided_by")
    one = get_object_or_404(rows.exclude(state=CorrectionState.POINTED), public_id=public_id)
    form = AnswerForm(one.about, request.POST or None)
    if form.is_bound and form.is_valid() and _answer(request, one, form):
        return redirect("rollout:correction", public_id)
    privacy.looked(request.user, "rollout:correction", [one.user_id])
    context = {
        "correction": one,
        "overdue": one.is_overdue(timezone.localdate()),
        "form": form,
        "may_answer": judging.may_answer(request.user, one),
    }
    status = 422 if form.is_bound else 200
    return render(request, "rollout/correction.html", context, status=status)


def _answer(request: PersonRequest, one: Correction, form: AnswerForm) -> bool:
    """Carry it out; whether there is an answer now."""
    said = form.cleaned_data
    try:
        if request.POST.get("action") == "accept":
            done_on = said.get("done_on")
            judging.accept(one, answer=said["answer"], by=request.user, done_on=done_on)
            messages.success(request, _("Verbeterd. De collega leest je antwoord."))
        else:
            judging.refuse(one, answer=said["answer"], by=request.user)
            messages.success(request, _("Niet verbeterd. De collega leest waarom."))
    except judging.AlreadyAnswered:
        messages.info(request, _("Iemand anders was je voor. Zo staat het er nu bij."))
    except judging.CannotFollow:
        form.add_error(None, form.CANNOT)
        return False
    return True
