"""Where somebody begins something new."""

from django.urls import reverse

from cursussen.models import (
    BasePage,
    CaseIndexPage,
    CasePage,
    ModulePage,
    PolicyIndexPage,
    PolicyPage,
    StrandPage,
)
from leer.accounts.api import User


def new_case_url(user: User) -> str:
    """The form of a new case; nothing for who may not write one."""
    return _form_url(CasePage, CaseIndexPage.objects.first(), user)


def new_policy_url(user: User) -> str:
    """The form of a new policy; nothing for who may not write one."""
    return _form_url(PolicyPage, PolicyIndexPage.objects.first(), user)


def new_module_url(user: User) -> str:
    """The form of a new module in the first strand; nothing for who may not write one.

    It is moved to another strand with one press, and most holes are in the first.
    """
    return _form_url(ModulePage, StrandPage.objects.order_by("path").first(), user)


def _form_url(kind: type[BasePage], parent: BasePage | None, user: User) -> str:
    if parent is None or not parent.permissions_for_user(user).can_add_subpage():
        return ""
    named = (kind._meta.app_label, kind._meta.model_name, parent.pk)
    return reverse("wagtailadmin_pages:add", args=named)
