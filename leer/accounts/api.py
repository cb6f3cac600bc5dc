"""The front door of accounts."""

import secrets
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from leer.accounts.models import User
from leer.accounts.roles import Role

__all__ = ["NAMELESS", "Role", "User", "grant", "known_as", "make_nameless", "revoke"]

NAMELESS = "~"  # how the user name of an account begins that belongs to nobody any more


def grant(user: User, role: Role) -> None:
    """Give a role; giving it twice changes nothing."""
    from django.contrib.auth.models import Group

    user.groups.add(Group.objects.get(name=role.value))
    _forget_roles(user)


def revoke(user: User, role: Role) -> None:
    """Take a role away; taking it twice changes nothing."""
    user.groups.remove(*user.groups.filter(name=role.value))
    _forget_roles(user)


def make_nameless(user: User, *, actor_name: UUID) -> None:
    """Only the row stays, so that counts of teams and modules stay right: nobody can sign in with
    it, it says nothing of who it was, and in the ledger it is ``actor_name``.
    """
    user.username = f"{NAMELESS}{secrets.token_hex(16)}"
    user.first_name = user.last_name = user.email = ""
    user.external_id = user.last_login = None
    user.is_active = user.is_staff = user.is_superuser = False
    user.actor_name = actor_name
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
    _forget_roles(user)


def known_as(names: Iterable[str]) -> "QuerySet[User]":
    """Who have these names in the ledger, where another system may have put any name."""
    known = [name for name in names if _is_uuid(name)]
    return User.objects.filter(actor_name__in=known).order_by("pk")


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True


def _forget_roles(user: User) -> None:
    """What was read before is no longer so."""
    user.__dict__.pop("roles", None)
    user.__dict__.pop("role_names", None)
