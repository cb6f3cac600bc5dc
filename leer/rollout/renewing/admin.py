"""The screens for new rounds in Wagtail's admin. Who may come: ``leer.access``."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cursussen import api as content
from leer.accounts.api import User
from leer.organisation.api import JobFunction
from leer.rollout.models import Renewal, RenewalState
from leer.rollout.renewing import declaring
from leer.rollout.renewing.carrying_out import aim_of
from leer.rollout.renewing.forms import RefusalForm, RenewalForm
from leer.rollout.renewing.reaching import people, told

type Context = dict[str, Any]
SHOWN = 50


class Renewals(WagtailAdminTemplateMixin, TemplateView):
    """Every new round that was asked for, the last first."""

    template_name = "rollout/renewals/list.html"
    page_title = _("Nieuwe rondes")
    header_icon = "rotate"
    breadcrumbs_items = [{"url": "", "label": _("Nieuwe rondes")}]

    def get_context_data(self, **kwargs: Any) -> Context:
        """The rows, and the modules of which one can be asked."""
        context: Context = super().get_context_data(**kwargs)
        live = content.modules()
        rows = Renewal.objects.select_related("proposed_by", "decided_by")[:SHOWN]
        return context | {
            "rows": [{"renewal": row, "title": _title(row, live)} for row in rows],
            "modules": live.values(),
        }


class Declare(WagtailAdminTemplateMixin, TemplateView):
    """Say that a change of this module asks for a new round; looked at before it is asked."""

    template_name = "rollout/renewals/declare.html"
    header_icon = "rotate"

    @property
    def module(self) -> content.Module:
        """The live one in the address."""
        try:
            return content.module(self.kwargs["module"])
        except content.UnknownModule as error:
            raise Http404 from error

    def get_page_title(self) -> str:
        """Of which module."""
        return gettext("Nieuwe ronde: %(module)s") % {"module": self.module.title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the list."""
        return [
            {"url": reverse("renewals:list"), "label": _("Nieuwe rondes")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> Context:
        """The form, and what was asked of this module already."""
        module = self.module
        waiting = Renewal.objects.filter(module_key=module.key, state=RenewalState.PROPOSED).first()
        context = {"form": RenewalForm(module), "module": module, "waiting": waiting}
        return super().get_context_data(**context | kwargs)

    def post(self, request: HttpRequest, module: str) -> HttpResponse:
        """Look whom it means, or ask for it."""
        form = RenewalForm(self.module, request.POST)
        if not form.is_valid():
            return self._again(form, status=422)
        if request.POST.get("action") != "propose":
            day = timezone.localdate()
            return self._again(form, looked=True, count=told(people(form.aim, day), day))
        try:
            made = declaring.propose(
                form.aim,
                news=form.cleaned_data["news"],
                days=form.cleaned_data["days"],
                by=_user(request),
            )
        except declaring.AlreadyProposed:
            return redirect("renewals:declare", module)
        messages.success(
            request, gettext("Gevraagd. Iemand anders van de eindredactie beoordeelt het.")
        )
        return redirect("renewals:renewal", made.public_id)

    def _again(self, form: RenewalForm, *, status: int = 200, **more: Any) -> HttpResponse:
        context = self.get_context_data(form=form, **more)
        return self.render_to_response(context, status=status)


class OneRenewal(WagtailAdminTemplateMixin, TemplateView):
    """One new round: what is asked and of whom, and the two buttons of the second person."""

    template_name = "rollout/renewals/renewal.html"
    header_icon = "rotate"

    @property
    def renewal(self) -> Renewal:
        """The one in the address."""
        rows = Renewal.objects.select_related("proposed_by", "decided_by")
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def get_page_title(self) -> str:
        """Of which module."""
        title = _title(self.renewal, content.modules())
        return gettext("Nieuwe ronde: %(module)s") % {"module": title}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Back to the list."""
        return [
            {"url": reverse("renewals:list"), "label": _("Nieuwe rondes")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> Context:
        """What it says, whom it means or reached, and whether this person may decide."""
        renewal = self.renewal
        names = dict(JobFunction.objects.values_list("external_id", "name"))
        context = {
            "renewal": renewal,
            "job_functions": [names.get(key, key) for key in renewal.job_functions],
            "may_decide": declaring.may_decide(_user(self.request), renewal),
            "form": RefusalForm(),
            "count": told(_meant_or_reached(renewal), timezone.localdate()),
        }
        return super().get_context_data(**context | kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Approve, or refuse with why."""
        renewal, user = self.renewal, _user(request)
        form = RefusalForm(request.POST)
        refusing = request.POST.get("action") == "refuse"
        if refusing and not form.is_valid():
            context = self.get_context_data(form=form)
            return self.render_to_response(context, status=422)
        try:
            if refusing:
                declaring.refuse(renewal, reason=form.cleaned_data["refusal"], by=user)
            else:
                declaring.approve(renewal, by=user)
        except declaring.AlreadyDecided:
            messages.warning(request, gettext("Iemand anders heeft dit al beoordeeld."))
        return redirect("renewals:renewal", renewal.public_id)


def _meant_or_reached(renewal: Renewal) -> "QuerySet[User]":
    """Whom it means while it waits; whom it reached after that."""
    if renewal.state == RenewalState.PROPOSED:
        return people(aim_of(renewal), timezone.localdate())
    return User.objects.filter(assignments__renewal=renewal)


def _title(renewal: Renewal, live: content.Modules) -> str:
    module = live.get(renewal.module_key)
    return module.title if module else renewal.module_key


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
