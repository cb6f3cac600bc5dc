"""Ways out of the CMS: back to learning, and the help that stands on every page."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_admin_menu_item")
def add_help() -> MenuItem:
    """The same words as on every other page."""
    return MenuItem(
        _("Benaderd? Hier kun je terecht"), reverse("delivery:help"), icon_name="help", order=1
    )


@hooks.register("register_admin_menu_item")
def add_way_back() -> MenuItem:
    """An editor is a learner too."""
    return MenuItem(
        _("Terug naar Leer"), reverse("delivery:my_learning"), icon_name="arrow-left", order=2
    )
