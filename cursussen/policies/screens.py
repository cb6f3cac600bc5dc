"""The inventory of policies in the CMS: to look through, to take along, and to bring in."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cursussen.planning.beginning import new_policy_url
from cursussen.policies import importing, preview
from cursussen.policies.filtering import Filter
from cursussen.policies.inventory import COLUMNS, EXAMPLE, FILE, file_lines, inventory
from cursussen.text_files import TextFileForm
from leer.accounts.api import User
from leer.core.spreadsheet import csv_answer
from leer.organisation.api import NotReadableError, decode

TITLE = _("Afspraken")
BRING_IN = _("Lees een lijst in")


class Inventory(WagtailAdminTemplateMixin, TemplateView):
    """Every policy and how far it is; what should have been looked at comes first."""

    template_name = "cursussen/policies/list.html"
    page_title = TITLE
    header_icon = "clipboard-list"
    breadcrumbs_items = [{"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of them, and those that were asked for."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        listed = inventory()
        form = Filter(self.request.GET, listed)
        return context | {
            "form": form,
            "policies": form.chosen(),
            "total": len(listed),
            "overdue": sum(one.is_overdue for one in listed),
            "write_url": new_policy_url(_user(self.request)),
            "query": self.request.GET.urlencode(),
        }


class InventoryFile(View):
    """What the screen shows, as a file that can come in again."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """For a spreadsheet."""
        return csv_answer(FILE, file_lines(Filter(request.GET, inventory()).chosen()))


class ExampleFile(View):
    """A file to begin with: the columns, and one line that shows what goes where."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """For a spreadsheet."""
        return csv_answer(f"voorbeeld-{FILE}", [COLUMNS, [EXAMPLE.get(one, "") for one in COLUMNS]])


class ListForm(TextFileForm):
    """The inventory as somebody keeps it in a spreadsheet."""

    largest = 1024 * 1024

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Lijst van afspraken (.csv)")
        self.fields["file"].widget.attrs["accept"] = ".csv,text/csv"

    def read(self, name: str, content: bytes) -> str:
        """UTF-8, and a file of lines."""
        try:
            return decode(name, content)
        except NotReadableError as unreadable:
            message = gettext("Regel %(line)d: %(reason)s.")
            error = unreadable.error
            raise ValidationError(message % {"line": error.line, "reason": error.reason}) from None


class BringIn(WagtailAdminTemplateMixin, TemplateView):
    """A list comes in as drafts: first to look at, then for real. Whole or not at all."""

    template_name = "cursussen/policies/import.html"
    page_title = BRING_IN
    header_icon = "upload"
    breadcrumbs_items = [
        {"url": "/cms/afspraken/", "label": TITLE},
        {"url": "", "label": BRING_IN},
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """For those who may write policies."""
        if not new_policy_url(_user(request)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """An empty form, or what came of it."""
        context: dict[str, Any] = {"form": ListForm(), "columns": preview.COLUMNS.items()}
        return super().get_context_data(**context | kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show what a file would do; do it when that was seen."""
        form = ListForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._again(status=422, form=form)
        text, name = form.cleaned_data["text"], form.cleaned_data["name"]
        plan = importing.read(name, text.encode())
        if plan.errors:
            return self._again(status=422, errors=plan.errors, name=name)
        if not request.POST.get("sure"):
            return self._again(form=ListForm(initial={"text": text, "name": name}), **_seen(plan))
        importing.write(plan, _user(request))
        messages.success(request, _done(plan))
        return redirect("policies:list")

    def _again(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


def _seen(plan: importing.Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "made": preview.told(plan.made),
        "changed": preview.told(plan.changed),
        "left": preview.told(plan.left),
    }


def _done(plan: importing.Plan) -> str:
    words = gettext(
        "Ingelezen. Nieuwe concepten: %(made)d. Gewijzigd: %(changed)d. Overgeslagen: %(left)d."
    )
    numbers = {name: len(getattr(plan, name)) for name in ("made", "changed", "left")}
    return words % numbers


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
