"""The front door of accounts."""

from leer.accounts.models import User
from leer.accounts.roles import Role

__all__ = ["Role", "User", "grant", "revoke"]


def grant(user: User, role: Role) -> None:
    """Give a role; giving it twice changes nothing."""
    from django.contrib.auth.models import Group

    user.groups.add(Group.objects.get(name=role.value))
    _forget_roles(user)


def revoke(user: User, role: Role) -> None:
    """Take a role away; taking it twice changes nothing."""
    user.groups.remove(*user.groups.filter(name=role.value))
    _forget_roles(user)


def _forget_roles(user: User) -> None:
    """What was read before is no longer so."""
    user.__dict__.pop("roles", None)
    user.__dict__.pop("role_names", None)
