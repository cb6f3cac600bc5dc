"""Keys of other systems in the admin: all of them, a new one, and one taken back.

Making and revoking are written in Wagtail's log, with who did it.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import log

from leer.xapi import credentials
from leer.xapi.admin.forms import KeyForm
from leer.xapi.admin.words import SCOPES
from leer.xapi.credentials import NewCredential
from leer.xapi.models import Credential
from leer.xapi.scopes import Scope

type Context = dict[str, Any]
MADE, REVOKED = "xapi.credential.make", "xapi.credential.revoke"
TITLE = gettext_lazy("Sleutels")
ICON = "key"


class Row:
    """A key in the list."""

    def __init__(self, credential: Credential) -> None:
        self.credential = credential

    @property
    def is_revoked(self) -> bool:
        """Somebody took it back."""
        return self.credential.revoked_at is not None

    @property
    def is_open(self) -> bool:
        """It can be used now."""
        until = self.credential.expires_at
        return not self.is_revoked and (until is None or until > timezone.now())

    @property
    def state(self) -> str:
        """That in words."""
        if self.is_revoked:
            return _("ingetrokken")
        return _("geldig") if self.is_open else _("verlopen")

    @property
    def last_day(self) -> date | None:
        """The last day on which all of it holds; ``None`` without an end."""
        until = self.credential.expires_at
        return timezone.localdate(until - timedelta(microseconds=1)) if until else None

    @property
    def scopes(self) -> list[Any]:
        """What it allows, in words."""
        return [SCOPES[Scope(scope)][0] for scope in self.credential.scopes]


class Keys(WagtailAdminTemplateMixin, TemplateView):
    """Every key: those that open something first."""

    template_name = "xapi/keys.html"
    page_title = TITLE
    header_icon = ICON
    breadcrumbs_items = [{"url": "", "label": TITLE}]

    def get_header_buttons(self) -> list[HeaderButton]:
        """The way to a new one."""
        return [
            HeaderButton(_("Nieuwe sleutel"), reverse("credentials:new"), icon_name="plus"),
        ]

    def get_context_data(self, **kwargs: Any) -> Context:
        """All rows: there are as many as systems."""
        context: Context = super().get_context_data(**kwargs)
        rows = [Row(credential) for credential in Credential.objects.order_by("name")]
        context["rows"] = sorted(rows, key=lambda row: not row.is_open)
        return context


class NewKey(WagtailAdminTemplateMixin, FormView):
    """Make a key. Its secret is in the answer to this one request, and nowhere else: not in the
    session, in a message, in the log or in the browser's cache.
    """

    form_class = KeyForm
    template_name = "xapi/new_key.html"
    page_title = gettext_lazy("Nieuwe sleutel")
    header_icon = ICON

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Neither form nor secret is kept."""
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the keys."""
        return [_to_the_list(), {"url": "", "label": self.page_title}]

    @method_decorator(sensitive_variables("new"))
    def form_valid(self, form: KeyForm) -> HttpResponse:
        """Show it, once: no redirect, so that no other address shows it again."""
        try:
            new = _make(form, self.request)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        return render(self.request, "xapi/made_key.html", self._shown(new))

    def _shown(self, new: NewCredential) -> Context:
        title = _("De sleutel is gemaakt")
        return {
            "new": new,
            "endpoint": f"{settings.BASE_URL}/xapi/",
            "rows_url": reverse("credentials:list"),
            "breadcrumbs_items": [_to_the_list(), {"url": "", "label": title}],
            "header_icon": ICON,
            "header_title": title,
        }


class RevokeKey(WagtailAdminTemplateMixin, TemplateView):
    """Ask first, then take a key back."""

    template_name = "xapi/revoke_key.html"
    page_title = gettext_lazy("Sleutel intrekken")
    header_icon = ICON

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the keys."""
        return [_to_the_list(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> Context:
        """The key, which may be revoked already."""
        context: Context = super().get_context_data(**kwargs)
        context["row"] = Row(get_object_or_404(Credential, pk=self.kwargs["pk"]))
        return context

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it; a second time nothing happens."""
        credential = _revoke(pk, request)
        messages.success(request, _("De sleutel “%s” is ingetrokken.") % credential.name)
        return redirect("credentials:list")


def _to_the_list() -> dict[str, Any]:
    return {"url": reverse_lazy("credentials:list"), "label": TITLE}


@transaction.atomic
def _make(form: KeyForm, request: HttpRequest) -> NewCredential:
    new = credentials.make(**form.values())
    about = {"scopes": new.credential.scopes, "trusted": new.credential.trusted}
    log(instance=new.credential, action=MADE, user=request.user, data=about)
    return new


@transaction.atomic
def _revoke(pk: int, request: HttpRequest) -> Credential:
    credential = get_object_or_404(Credential.objects.select_for_update(), pk=pk)
    if credential.revoked_at is None:
        credentials.revoke(credential)
        log(instance=credential, action=REVOKED, user=request.user)
    return credential
