"""What the CMS's admin learns from us."""

from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cursussen.accounts_in_cms import refuse_accounts_in_bulk, refuse_superusers_account
from cursussen.models import Theme


class ThemeViewSet(SnippetViewSet):
    """The six themes: renamed if need be, not added to."""

    model = Theme
    icon = "tag"
    menu_label = _("Thema’s")
    list_display = ["name", "slug"]
    panels = [FieldPanel("name"), FieldPanel("order")]


register_snippet(ThemeViewSet)


hooks.register("before_edit_user", refuse_superusers_account)
hooks.register("before_bulk_action", refuse_accounts_in_bulk)


@hooks.register("insert_global_admin_css")
def mend_the_admin() -> SafeString:
    """What Wagtail's own screens lack for WCAG 2.2, and how our drawings look."""
    files = ((static(f"leer/css/{name}.css"),) for name in ("cms", "graph"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', files)


@hooks.register("register_log_actions")
def name_the_loaders_action(actions: Any) -> None:
    """A page's history says that a version came from the content folder."""
    actions.register_action(
        "cursussen.load", _("Geladen"), _("Geladen uit de map met inhoud en gepubliceerd")
    )
