"""The ledger for the programme's data people: facts that answer a question, and one of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from leer.xapi.admin import finding, veil
from leer.xapi.admin.forms import LookForm
from leer.xapi.admin.reading import Reading, activities_in
from leer.xapi.selectors import Found
from leer.xapi.store import definitions

type Context = dict[str, Any]
CURSORS = ("older_than", "newer_than")


class Facts(WagtailAdminTemplateMixin, TemplateView):
    """A page of facts, newest first."""

    template_name = "xapi/facts.html"
    page_title = _("Grootboek")
    header_icon = "history"
    breadcrumbs_items = [{"url": "", "label": _("Grootboek")}]

    @cached_property
    def systems(self) -> list[finding.System]:
        """Every writer that has a name here."""
        return finding.systems()

    def get_context_data(self, **kwargs: Any) -> Context:
        """The question, and what answers it."""
        context: Context = super().get_context_data(**kwargs)
        asked = {name: str(value) for name, value in self.request.GET.items() if value}
        form = LookForm(asked, systems=self.systems)
        context |= {"form": form, "is_asking": any(name in form.fields for name in asked)}
        if form.is_valid():
            context |= self._answer(form, asked)
        return context

    def _answer(self, form: LookForm, asked: Mapping[str, str]) -> Context:
        older, newer = (_id(asked.get(name, "")) for name in CURSORS)
        question = form.question()
        if newer:
            page = finding.find_newer(question, than=newer)
        else:
            page = finding.find(question, older_than=older)
        facts = _read(page.found, self.systems, voided=question.voided)
        context: Context = {"facts": facts}
        if page.has_older and facts:
            context["older_url"] = _url(asked, older_than=facts[-1].id)
        if page.has_newer:
            context["newest_url"] = _url(asked)
            if facts:
                context["newer_url"] = _url(asked, newer_than=facts[0].id)
        return context


class OneFact(WagtailAdminTemplateMixin, TemplateView):
    """One fact, in words and as JSON."""

    template_name = "xapi/fact.html"
    page_title = _("Feit")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the ledger."""
        ledger = {"url": reverse("ledger:facts"), "label": _("Grootboek")}
        return [ledger, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> Context:
        """The fact; what may not be seen is not there."""
        context: Context = super().get_context_data(**kwargs)
        found = finding.one(self.kwargs["statement_id"])
        if found is None:
            raise Http404
        (fact,) = _read([found[0]], finding.systems(), voided=found[1])
        pointed = fact.points_to
        context["fact"] = fact
        context["points_to"] = pointed if pointed and finding.one(pointed) else None
        return context


def _read(
    found: Sequence[Found], systems: Sequence[finding.System], *, voided: bool
) -> list[Reading]:
    """As people read them; the names of all their activities in one query."""
    names = {system.account: system.name for system in systems}
    shown = [veil.Veil(one.raw, names).statement() for one in found]
    definitions_of = definitions.known(sorted(activities_in(shown)))
    known = {iri: veil.definition(said) for iri, said in definitions_of.items()}
    return [Reading(one, known, voided=voided) for one in shown]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _url(asked: Mapping[str, str], **cursor: UUID) -> str:
    """The same question, from another place on."""
    kept = {name: value for name, value in asked.items() if name not in CURSORS}
    query = urlencode(kept | {name: str(place) for name, place in cursor.items()})
    return f"{reverse('ledger:facts')}?{query}" if query else reverse("ledger:facts")
