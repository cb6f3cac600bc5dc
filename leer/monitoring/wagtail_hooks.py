"""The way from a question in the CMS to its figures."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from leer.accounts.api import Role, User
from leer.questions.api import Question


@hooks.register("register_snippet_listing_buttons")
def add_figures(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Any]:
    """Beside *Bewerken*, for who may read figures."""
    may = isinstance(user, User) and user.has_role(Role.EDITOR, Role.CHIEF_EDITOR)
    if isinstance(snippet, Question) and may:
        url = reverse("monitoring:question", args=[snippet.key])
        yield Button(_("Cijfers"), url, icon_name="view", priority=15)
