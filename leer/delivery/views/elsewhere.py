"""*Ik deed dit al ergens anders*: ask that a course counts, and read what came of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leer.accounts.requests import PersonRequest
from leer.delivery.forms import ElsewhereForm
from leer.delivery.rounds import standing_of
from leer.delivery.views import common
from leer.rollout import api as rollout


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def elsewhere(request: PersonRequest, module: str) -> HttpResponse:
    """The form, unless the module is done or a request is waiting."""
    found = common.module_or_404(module)
    _round, standing = standing_of(request.user, found.key)
    last = rollout.equivalence_of(request.user, found.key)
    if standing.is_done or (last and last.state == "asked"):
        return redirect("delivery:module", found.key)
    since = rollout.counts_since(request.user, found.key, timezone.localdate())
    form = ElsewhereForm(since, request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        return _asked(request, found.key, form)
    context = {"module": found, "form": form, "last": last}
    return render(request, "delivery/elsewhere.html", context, status=422 if form.is_bound else 200)


def _asked(request: PersonRequest, module: str, form: ElsewhereForm) -> HttpResponse:
    try:
        rollout.ask_for_equivalence(
            request.user, module, form.said, proof=form.cleaned_data["proof"]
        )
    except rollout.AlreadyAsked:
        messages.info(request, _("Je vroeg dit al. Het programma kijkt ernaar."))
    else:
        messages.success(request, _("Verstuurd. Iemand van het programma kijkt ernaar."))
    return redirect("delivery:module", module)
