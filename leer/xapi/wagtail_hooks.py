"""The ledger's places in Wagtail's admin: its addresses, its menu items, its lines in the log."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from leer.accounts.api import Role, User
from leer.xapi.admin import urls
from leer.xapi.admin.credentials import MADE, REVOKED
from leer.xapi.admin.forwarding import PAUSED, RESUMED


class MenuItemFor(MenuItem):
    """A menu item for some roles only."""

    def __init__(self, *roles: Role, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._roles = roles

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person holds one of them."""
        user = request.user
        return isinstance(user, User) and user.has_role(*self._roles)


@hooks.register("register_admin_urls")
def add_urls() -> list[URLResolver]:
    """Below ``/cms/``."""
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def add_ledger() -> MenuItem:
    """The ledger, who else gets what is in it, and who may write in it."""
    data_people = (Role.PROGRAMME, Role.ADMINISTRATOR)
    items = [
        MenuItemFor(
            *data_people,
            label=_("Feiten"),
            url=reverse("ledger:facts"),
            name="facts",
            icon_name="history",
            order=10,
        ),
        MenuItemFor(
            *data_people,
            label=_("Doorsturen"),
            url=reverse("ledger:targets"),
            name="forwarding",
            icon_name="redirect",
            order=20,
        ),
        MenuItemFor(
            Role.ADMINISTRATOR,
            label=_("Sleutels"),
            url=reverse("credentials:list"),
            name="credentials",
            icon_name="key",
            order=30,
        ),
    ]
    return SubmenuMenuItem(
        label=_("Grootboek"), menu=Menu(items=items), name="ledger", icon_name="history", order=900
    )


@hooks.register("register_log_actions")
def name_the_actions(actions: Any) -> None:
    """What the log says of keys and targets."""
    actions.register_action(MADE, _("Sleutel maken"), _("Sleutel gemaakt"))
    actions.register_action(REVOKED, _("Sleutel intrekken"), _("Sleutel ingetrokken"))
    actions.register_action(PAUSED, _("Doorsturen pauzeren"), _("Doorsturen gepauzeerd"))
    actions.register_action(RESUMED, _("Doorsturen hervatten"), _("Doorsturen hervat"))
