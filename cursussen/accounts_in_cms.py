"""Accounts in Wagtail's admin: an administrator may mend one, and nobody gains more than a role.

People come in by the import (``leer.organisation``); a superuser is made by ``createsuperuser``
alone. So the form has no box for superusers, no administrator edits one, and the last
administrator stays. Names and addresses belong to the personnel system: nobody changes the own.
"""

from typing import Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    NameEmailSettingsPanel,
)
from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import IndexView, UserViewSet

from leer.accounts.api import Role, User
from leer.privacy import api as privacy


class AccountForm(UserEditForm):
    """Wagtail's form without *superuser*; refuses to leave Leer without an administrator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("is_superuser", None)

    def clean(self) -> dict[str, Any]:
        """Somebody must be left who looks after Leer."""
        cleaned: dict[str, Any] = super().clean()
        names = {group.name for group in cleaned.get("groups", ())}
        stays = cleaned.get("is_active", self.instance.is_active) and Role.ADMINISTRATOR in names
        if not stays and is_last_administrator(self.instance):
            raise ValidationError(
                _("Dit is de laatste beheerder. Maak eerst iemand anders beheerder.")
            )
        return cleaned


class AccountIndex(IndexView):
    """Wagtail's list of accounts; that somebody looked is kept."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list."""
        privacy.looked_at_everybody(cast(User, request.user), "wagtailusers_users:index")
        answer: HttpResponse = super().get(request, *args, **kwargs)
        return answer


class AccountViewSet(UserViewSet):
    """Wagtail's pages of accounts, with our form."""

    index_view_class = AccountIndex

    def get_form_class(self, for_update: bool = False) -> Any:
        """Ours for who is there; the one for a new account is open to superusers only."""
        return AccountForm if for_update else super().get_form_class(for_update)


def is_last_administrator(user: User) -> bool:
    """Nobody else who can sign in holds the role of administrator."""
    administrators = User.objects.filter(is_active=True, groups__name=Role.ADMINISTRATOR.value)
    found = set(administrators.values_list("pk", flat=True))
    return found == {user.pk}


def refuse_superusers_account(request: HttpRequest, user: User) -> None:
    """Who could set a superuser's password would be one."""
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied


def keep_that_it_was_looked_at(request: HttpRequest, user: User) -> None:
    """Whoever opens an account sees name, address, roles and last sign-in."""
    if request.method == "GET":
        privacy.looked(cast(User, request.user), "wagtailusers_users:edit", [user.pk])


def refuse_accounts_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> None:
    """Wagtail's bulk actions know nothing of the last administrator."""
    if issubclass(action.model, User) and not request.user.is_superuser:
        raise PermissionDenied


class OwnAccount(AccountView):
    """Wagtail's page of one's own account, without name, address and portrait: what colleagues
    read on a proof or in a history must be true.
    """

    def get_panels(self) -> list[Any]:
        """Language, time zone, notifications, appearance and password."""
        left_out = (NameEmailSettingsPanel, AvatarSettingsPanel)
        return [panel for panel in super().get_panels() if not isinstance(panel, left_out)]
