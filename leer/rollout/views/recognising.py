"""What colleagues did elsewhere: what waits, one request with its proof, and a decision."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cursussen import api as content
from leer.accounts.requests import PersonRequest
from leer.privacy import api as privacy
from leer.rollout.models import Equivalence, EquivalenceProof, EquivalenceState
from leer.rollout.recognising import judging

DECIDED_SHOWN = 50
TYPES = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".png": "image/png"}


class ReasonForm(forms.Form):
    """Why not, or why no longer: the colleague reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reden"),
        max_length=300,
        help_text=gettext_lazy("De collega leest dit ook. Schrijf wat er nog nodig is."),
    )


@require_safe
@never_cache
def equivalences(request: PersonRequest) -> HttpResponse:
    """What waits, the oldest first; and what was decided last. Names are on the page of each."""
    live = content.modules()
    waiting = Equivalence.objects.filter(state=EquivalenceState.ASKED)
    decided = Equivalence.objects.exclude(state=EquivalenceState.ASKED).order_by("-decided_at")
    context = {
        "waiting": [_row(one, live) for one in waiting],
        "decided": [_row(one, live) for one in decided[:DECIDED_SHOWN]],
    }
    return render(request, "rollout/equivalences.html", context)


def _row(one: Equivalence, live: content.Modules) -> dict[str, Any]:
    module = live.get(one.module_key)
    return {"equivalence": one, "module": module.title if module else one.module_key}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def equivalence(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """One request: who did what and where, and the buttons of a second person."""
    one = _found(public_id)
    action = request.POST.get("action", "")
    form = ReasonForm(request.POST if action in {"refuse", "withdraw"} else None)
    if request.method == "POST" and (action == "accept" or form.is_valid()):
        _decide(request, one, action, form)
        return redirect("rollout:equivalence", public_id)
    privacy.looked(request.user, "rollout:equivalence", [one.user_id])
    context = _row(one, content.modules()) | {
        "form": form,
        "has_proof": EquivalenceProof.objects.filter(equivalence=one).exists(),
        "may_judge": judging.may_judge(request.user, one),
    }
    status = 422 if form.is_bound else 200
    return render(request, "rollout/equivalence.html", context, status=status)


def _decide(request: PersonRequest, one: Equivalence, action: str, form: ReasonForm) -> None:
    try:
        if action == "accept":
            judging.accept(one, by=request.user)
            messages.success(request, _("Dit telt mee. De collega ziet het bij de module."))
        elif action == "refuse":
            judging.refuse(one, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Dit telt niet mee. De collega leest waarom."))
        elif action == "withdraw":
            judging.withdraw(one, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Dit telt niet meer mee. De collega leest waarom."))
    except judging.AlreadyDecided:
        messages.info(request, _("Iemand anders was je voor. Zo staat het er nu bij."))


@require_safe
@never_cache
def proof(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """The file, to save: never shown as a page of ours."""
    one = _found(public_id)
    found = EquivalenceProof.objects.filter(equivalence=one).first()
    if found is None:
        raise Http404
    privacy.looked(request.user, "rollout:equivalence", [one.user_id])
    kind = TYPES.get(found.extension, "application/octet-stream")
    answer = HttpResponse(bytes(found.content), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="bewijs{found.extension}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _found(public_id: UUID) -> Equivalence:
    rows = Equivalence.objects.select_related("user", "decided_by", "withdrawn_by")
    return get_object_or_404(rows, public_id=public_id)
