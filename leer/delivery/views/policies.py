"""Policies: reading one, two situations, and saying *gelezen en begrepen*.

Between the pages nothing is kept. The form carries what was answered and the hash of the text that
was read, and both are looked at again when the button is pressed: two tabs, the back button and a
second click do no harm, and no answer is stored.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cursussen import api as content
from leer.accounts.requests import PersonRequest
from leer.delivery import actions, policies
from leer.questions import api as questions

READ, ASKED, SAID = "tekst", "situatie", "begrepen"  # fields of the form
SITUATION = "wat"  # what somebody is looking for


@require_safe
def index(request: PersonRequest) -> HttpResponse:
    """Every policy; what is still to read comes first."""
    readings = policies.readings_of(request.user)
    context = {
        "to_read": [one for one in readings if one.is_open],
        "others": [one for one in readings if not one.is_open and not one.is_done],
        "known": [one for one in readings if one.is_done],
    }
    return render(request, "delivery/policies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def search(request: PersonRequest) -> HttpResponse:
    """What is about a situation. By POST, so that what somebody typed is in no address, no log and
    no history; it is kept nowhere either.
    """
    situation = request.POST.get(SITUATION, "").strip()
    found = content.find_policies(situation) if situation else ()
    context = {
        "situation": situation,
        "found": [(one, _stories_of(one.policy)) for one in found],
    }
    return render(request, "delivery/policy_search.html", context)


@require_safe
def read(request: PersonRequest, key: str) -> HttpResponse:
    """A policy: what changed for who knows it, all of it for who does not. One that holds no more
    says why, and what came instead.
    """
    if ended := content.ended_policies().get(key):
        return render(request, "delivery/policy_ended.html", {"policy": ended})
    found = _policy_or_404(key)
    context = {
        "policy": found,
        "reading": policies.reading_of(request.user, found),
        "cases": _stories_of(found),
    }
    return render(request, "delivery/policy.html", context)


def _stories_of(policy: content.Policy) -> list[content.CaseSummary]:
    return [one for one in content.cases() if one.policy and one.policy.key == policy.key]


@require_safe
def version(request: PersonRequest, key: str, number: int) -> HttpResponse:
    """The exact text of a version, as it was hashed; also of a policy that was taken away."""
    try:
        found = content.policy_text(key, number)
    except content.UnknownPolicy as error:
        raise Http404 from error
    context = {"version": found, "key": key, "is_live": key in content.policies()}
    return render(request, "delivery/policy_version.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def understand(request: PersonRequest, key: str) -> HttpResponse:
    """Two situations, the second once the first is right; then the button that says it."""
    policy = _policy_or_404(key)
    form = request.POST if request.method == "POST" else request.GET
    if form.get(READ) != policy.edition.sha256:
        return _read_first(request, policy, form)
    situations = list(_until_right(policy, request.POST))
    understood = all(one.is_right for one in situations)
    if understood and SAID in request.POST:
        actions.acknowledge(request.user, policy)
        messages.success(request, _("Dank je. Dit staat nu bij wat je hebt gelezen."))
        return redirect("delivery:policy", key=policy.key)
    context = {
        "policy": policy,
        "situations": situations,
        "total": len(policy.situations),
        "understood": understood,
    }
    refused = any(one.error for one in situations)
    status = 422 if refused else 200
    return render(request, "delivery/policy_situations.html", context, status=status)


def _read_first(
    request: PersonRequest, policy: content.Policy, form: Mapping[str, str]
) -> HttpResponse:
    """The text is another than the one that was read, or none was read."""
    if READ in form:
        words = _("De tekst is net veranderd. Lees eerst wat er nieuw is; daarna kun je verder.")
        messages.info(request, words)
    return redirect("delivery:policy", key=policy.key)


@dataclass(frozen=True)
class Situation:
    """One situation on the page: what was chosen and what it says back, or why it says nothing.
    ``is_now``: it is what the reader just answered.
    """

    number: int
    question: questions.FrozenQuestion
    chosen: questions.OptionResult | None = None
    error: str = ""
    is_now: bool = False

    @property
    def field(self) -> str:
        """The name of its answer in the form."""
        return f"antwoord-{self.number}"

    @property
    def is_right(self) -> bool:
        """What was chosen fits here."""
        return self.chosen is not None and self.chosen.correct


def _until_right(policy: content.Policy, form: Mapping[str, Any]) -> Iterator[Situation]:
    """The situations up to and with the first that is not right yet."""
    for number, question in enumerate(policy.situations, start=1):
        situation = _situation(number, question, form)
        yield situation
        if not situation.is_right:
            return


def _situation(
    number: int, question: questions.FrozenQuestion, form: Mapping[str, Any]
) -> Situation:
    is_now = form.get(ASKED) == str(number)
    open_one = Situation(number, question, is_now=is_now)
    answer = form.get(open_one.field)
    if answer is None and not is_now:
        return open_one
    try:
        mark = questions.mark(question, [answer] if answer else [])
    except questions.InvalidAnswer as refusal:
        return Situation(number, question, error=str(refusal), is_now=is_now)
    chosen = next(option for option in mark.options if option.chosen)
    return Situation(number, question, chosen=chosen, is_now=is_now)


def _policy_or_404(key: str) -> content.Policy:
    try:
        return content.policy(key)
    except content.UnknownPolicy as error:
        raise Http404 from error
