"""Where somebody begins something new."""

from django.urls import reverse

from cursussen.models import StrandPage
from leer.accounts.api import User


def new_module_url(user: User) -> str:
    """The form of a new module in the first strand; nothing for who may not write one.

    It is moved to another strand with one press, and most holes are in the first.
    """
    strand = StrandPage.objects.order_by("path").first()
    if strand is None or not strand.permissions_for_user(user).can_add_subpage():
        return ""
    return reverse("wagtailadmin_pages:add", args=["cursussen", "modulepage", strand.pk])
