"""What the CMS's admin learns from us."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cursussen.accounts_in_cms import (
    keep_that_it_was_looked_at,
    refuse_accounts_in_bulk,
    refuse_superusers_account,
)
from cursussen.faces import urls as faces_urls
from cursussen.gate import urls as gate_urls
from cursussen.models import Goal, Outcome, Term, Theme
from cursussen.planning import urls as planning_urls
from cursussen.planning.front import FrontPanel
from cursussen.policies import urls as policies_urls
from cursussen.stories import urls as stories_urls
from leer.accounts.api import Role, User


class ThemeViewSet(SnippetViewSet):
    """The six themes: renamed if need be, not added to."""

    model = Theme
    icon = "tag"
    menu_label = _("Thema’s")
    list_display = ["name", "slug"]
    panels = [FieldPanel("name"), FieldPanel("order"), *map(FieldPanel, Theme.WORDS)]


class OutcomeViewSet(SnippetViewSet):
    """The kenmerken of the themes: reworded if need be, not added to."""

    model = Outcome
    icon = "tick-inverse"
    menu_label = _("Kenmerken")
    list_display = ["text", "theme"]


class GoalViewSet(SnippetViewSet):
    """The goals of the programme: reworded if need be, not added to."""

    model = Goal
    icon = "pick"
    menu_label = _("Doelen")
    list_display = ["name", "is_main"]


class TermViewSet(SnippetViewSet):
    """The words of the glossary."""

    model = Term
    icon = "list-ul"
    menu_label = _("Woordenlijst")
    list_display = ["name", "is_shown"]


for viewset in (ThemeViewSet, OutcomeViewSet, GoalViewSet, TermViewSet):
    register_snippet(viewset)


hooks.register("before_edit_user", refuse_superusers_account)
hooks.register("before_edit_user", keep_that_it_was_looked_at, order=1)
hooks.register("before_bulk_action", refuse_accounts_in_bulk)


@hooks.register("insert_global_admin_css")
def mend_the_admin() -> SafeString:
    """What Wagtail's own screens lack for WCAG 2.2, and how our drawings and stories look."""
    files = (
        (static(f"leer/css/{name}.css"),)
        for name in ("cms", "graph", "story-admin", "gate", "faces", "planning")
    )
    return format_html_join("", '<link rel="stylesheet" href="{}">', files)


@hooks.register("register_log_actions")
def name_our_actions(actions: Any) -> None:
    """A page's history says what Leer did with it that Wagtail does not know of."""
    actions.register_action(
        "cursussen.load", _("Geladen"), _("Geladen uit de map met inhoud en gepubliceerd")
    )
    actions.register_action(
        "cursussen.throw_away",
        _("Oude versie weg"),
        _("Een oude versie waaraan iemand te herkennen was, is weggegooid"),
    )
    actions.register_action(
        "cursussen.hold",
        _("Tegengehouden"),
        _("Niet online gegaan op het geplande moment: er stond nog iets open"),
    )
    actions.register_action(
        "cursussen.cover",
        _("Beeld bekeken"),
        _("Bekeken of er iemand te herkennen is, en onherkenbaar gemaakt wat moest"),
    )


class EditorsMenuItem(MenuItem):
    """For those who write or judge."""

    def is_shown(self, request: HttpRequest) -> bool:
        """The programme comes for the ledger only."""
        return _edits(request)


def _edits(request: HttpRequest) -> bool:
    roles = (Role.EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR)
    return isinstance(request.user, User) and request.user.has_role(*roles)


@hooks.register("register_admin_urls")
def add_screens() -> list[URLResolver]:
    """Below ``/cms/``."""
    screens = (stories_urls, gate_urls, faces_urls, planning_urls, policies_urls)
    return [path("", include(urls)) for urls in screens]


@hooks.register("register_admin_menu_item")
def add_stories_to_menu() -> MenuItem:
    """The list of all scenarios."""
    return EditorsMenuItem(
        _("Scenario’s"), reverse("stories:list"), name="stories", icon_name="list-ul", order=150
    )


@hooks.register("register_admin_menu_item")
def add_policies_to_menu() -> MenuItem:
    """The inventory of policies."""
    return EditorsMenuItem(
        _("Afspraken"),
        reverse("policies:list"),
        name="policies",
        icon_name="clipboard-list",
        order=160,
    )


@hooks.register("register_admin_menu_item")
def add_faces_to_menu() -> MenuItem:
    """The pictures that somebody still has to look at."""
    return EditorsMenuItem(
        _("Wie staat erop?"), reverse("faces:list"), name="faces", icon_name="image", order=310
    )


@hooks.register("register_admin_menu_item")
def add_calendar_to_menu() -> MenuItem:
    """What the editors have to do, and when."""
    return EditorsMenuItem(
        _("Kalender"),
        reverse("planning:page"),
        name="planning",
        icon_name="calendar-alt",
        order=140,
    )


@hooks.register("construct_homepage_panels")
def say_where_to_begin(request: HttpRequest, panels: list[Any]) -> None:
    """For those who write or judge."""
    if _edits(request):
        panels.append(FrontPanel())


@hooks.register("insert_editor_js")
def help_write_stories() -> SafeString:
    """Names instead of ids, and problems at their scene; it looks whether it has anything to do."""
    return format_html('<script src="{}" defer></script>', static("leer/js/story-editor.js"))
