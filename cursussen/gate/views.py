"""The screen on which a writer sees what was found, and a second person lets it pass."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import policy_registry

from cursussen.approval import may_approve
from cursussen.gate.forms import AcceptForm, ReplaceForm
from cursussen.gate.html import CannotReplace
from cursussen.gate.judging import Judgement, accept, judge, throw_away_older
from cursussen.gate.replacing import CHANGED, Names, Proposal, replace
from cursussen.gate.showing import shown
from cursussen.models import CasePage, Picture
from leer.accounts.api import User


class Gate(WagtailAdminTemplateMixin, TemplateView):
    """What could give somebody away in the last version of a case."""

    template_name = "cursussen/gate/page.html"
    page_title = gettext_lazy("Herkenbaarheid")
    header_icon = "search"

    @cached_property
    def case(self) -> CasePage:
        """As it was last saved."""
        return _case_for(self.request, self.kwargs["page_id"])

    def get_page_subtitle(self) -> str:
        """Of which case."""
        return self.case.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the form."""
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.case.pk])
        return [
            {"url": edit_url, "label": self.case.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was found, and whether this person may let it pass."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        judgement = judge(self.case)
        user = _user(self.request)
        found = shown(judgement, _names(self.request, self.case), AdminURLFinder(user).get_edit_url)
        given = kwargs.get("form")
        return context | {
            "case": self.case,
            "judgement": judgement,
            "pictures": _pictures(user, judgement),
            "found": found,
            "may_accept": may_approve(user, self.case),
            "may_replace": _may_replace(user, self.case),
            "forms": [(item, _form_of(item.found.digest, given)) for item in found.open],
        }

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """One finding may stay; a form that is wrong comes back as it was filled in."""
        form = AcceptForm(request.POST, prefix=request.POST.get("prefix", ""))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        accept(self.case, form.cleaned_data["digest"], reason=form.reason, by=_user(request))
        messages.success(request, _("Opgeschreven. Dit staat niet meer in de weg."))
        return redirect("gate:page", page_id)


class Replace(View):
    """One finding, at one place, becomes what Leer suggests."""

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Only in the version that was on the screen."""
        case = _case_for(request, page_id)
        if not _may_replace(_user(request), case):
            raise PermissionDenied
        try:
            done = _replace(request, case, ReplaceForm(request.POST))
            told = _("‘%(old)s’ is nu ‘%(new)s’. Terug kan met de geschiedenis van de casus.")
            messages.success(request, told % {"old": done.stretch, "new": done.words})
        except CannotReplace as refusal:
            messages.warning(request, str(refusal))
        return redirect("gate:page", page_id)


class ThrowAway(View):
    """Older versions that still hold what was taken out."""

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:
        """Away with them."""
        count = throw_away_older(_case_for(request, page_id), by=_user(request))
        told = ngettext("%(n)s oude versie is weg.", "%(n)s oude versies zijn weg.", count) % {
            "n": count
        }
        messages.success(request, told)
        return redirect("gate:page", page_id)


def _replace(request: HttpRequest, case: CasePage, form: ReplaceForm) -> Proposal:
    if not form.is_valid() or form.cleaned_data["revision"] != case.latest_revision_id:
        raise CannotReplace(CHANGED)
    names = _names(request, case)
    at, digest = form.cleaned_data["at"], form.cleaned_data["digest"]
    done = replace(case, at, digest, names=names, by=_user(request))
    request.session[_names_key(case)] = names.kept
    return done


def _names(request: HttpRequest, case: CasePage) -> Names:
    """Who has another name already, for as long as this person is signed in."""
    return Names(case.pk, dict(request.session.get(_names_key(case), {})))


def _names_key(case: CasePage) -> str:
    return f"gate_names_{case.pk}"


def _may_replace(user: User, case: CasePage) -> bool:
    """Who writes it, while nobody judges; a second person who rewrites is none any more."""
    return not case.permissions_for_user(user).page_locked() and not may_approve(user, case)


def _pictures(user: User, judgement: Judgement) -> list[tuple[Picture, bool]]:
    """Those that nobody looked at yet, and whether this person may."""
    policy = policy_registry.get_by_type(Picture)
    mine = set(
        policy.instances_user_has_permission_for(user, "change").values_list("pk", flat=True)
    )
    return [(picture, picture.pk in mine) for picture in judgement.pictures]


def _form_of(digest: str, given: AcceptForm | None) -> AcceptForm:
    """A form of its own for each finding; the one that was filled in wrongly is kept."""
    prefix = f"f{digest[:12]}"
    if given is not None and given.prefix == prefix:
        return given
    return AcceptForm(initial={"digest": digest}, prefix=prefix)


def _case_for(request: HttpRequest, page_id: int) -> CasePage:
    page = get_object_or_404(CasePage, pk=page_id)
    if not page.permissions_for_user(_user(request)).can_edit():
        raise PermissionDenied
    case: CasePage = page.get_latest_revision_as_object()
    return case


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
