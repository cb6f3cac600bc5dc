"""The screen of the editors' work."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cursussen.planning.beginning import new_case_url
from cursussen.planning.overview import overview
from leer.accounts.api import User


class Planning(WagtailAdminTemplateMixin, TemplateView):
    """What waits, what comes and what is missing."""

    template_name = "cursussen/planning/page.html"
    page_title = _("Kalender")
    header_icon = "calendar-alt"
    breadcrumbs_items = [{"url": "", "label": _("Kalender")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """As of today."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.request.user
        assert isinstance(user, User)
        return context | {"overview": overview(), "write_url": new_case_url(user)}
