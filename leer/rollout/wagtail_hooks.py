"""The way from a module in the CMS to a new round of it."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cursussen.models import ModulePage
from cursussen.models.parts import PartPage
from leer.accounts.api import Role, User
from leer.rollout.renewing import urls as renewing_urls


def _may_ask(user: Any) -> bool:
    return isinstance(user, User) and user.has_role(Role.EDITOR, Role.CHIEF_EDITOR)


class RenewalsMenuItem(MenuItem):
    """For those who write and judge."""

    def is_shown(self, request: HttpRequest) -> bool:
        """An administrator looks after accounts, not after what is asked of people."""
        return _may_ask(request.user)


@hooks.register("register_admin_urls")
def add_renewals() -> list[URLResolver]:
    """Below ``/cms/``."""
    return [path("", include(renewing_urls))]


@hooks.register("register_admin_menu_item")
def add_renewals_to_menu() -> MenuItem:
    """The list of all new rounds."""
    return RenewalsMenuItem(
        _("Nieuwe rondes"),
        reverse("renewals:list"),
        name="renewals",
        icon_name="rotate",
        order=160,
    )


@hooks.register("register_page_header_buttons")
def add_renewal_to_module(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """In the menu at the top of a module that is live."""
    module = page.specific_deferred
    if isinstance(module, ModulePage) and module.live and _may_ask(user):
        url = reverse("renewals:declare", args=[module.key])
        yield Button(_("Vraag om een nieuwe ronde"), url, icon_name="rotate", priority=80)


@hooks.register("after_publish_page")
def ask_about_a_new_round(request: HttpRequest, page: Page) -> None:
    """Who publishes a change of what people did already is asked whether they must do it again."""
    module = _module_of(page.specific)
    if module and module.live and page.first_published_at != page.last_published_at:
        url = reverse("renewals:declare", args=[module.key])
        messages.info(
            request,
            gettext("Moeten collega’s die deze module al deden, hem hierom opnieuw doen?"),
            buttons=[messages.button(url, gettext("Vraag om een nieuwe ronde"))],
        )


def _module_of(page: Page) -> ModulePage | None:
    if isinstance(page, ModulePage):
        return page
    if isinstance(page, PartPage):
        return ModulePage.objects.filter(pk=page.get_parent().pk).first()
    return None
