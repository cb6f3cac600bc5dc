"""The account."""

import uuid
from collections.abc import Collection
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leer.accounts.roles import HELD_FOR_A_TIME, Role
from leer.core.sql import RowQuery


class PeopleManager(UserManager["User"]):
    """Users, with their roles in the same query where a page needs both."""

    def with_roles(self, user_id: int) -> "User | None":
        """The user with this id, who knows ``role_names``: the roles they were given, and those
        that they hold today for a time.
        """
        return WITH_ROLES.first([timezone.localdate(), user_id])


class User(AbstractUser):
    """One row per person who can sign in. Never deleted while the ledger names the actor:
    somebody who leaves becomes inactive.

    ``actor_name`` is the only name of this person in the xAPI ledger: random, so that a
    statement alone says nothing about who it is (domain.md, xAPI).
    """

    actor_name = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(
        _("extern kenmerk"),
        max_length=100,
        null=True,
        blank=True,
        unique=True,
        help_text=_("Het kenmerk in het personeelssysteem (SCIM externalId)."),
    )

    objects: ClassVar[PeopleManager] = PeopleManager()

    role_names: Collection[str]  # only where the roles were read with the account

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles this person holds now."""
        names: Collection[str] | None = getattr(self, "role_names", None)
        if names is None:
            found = User.objects.with_roles(self.pk)
            names = found.role_names if found else ()
        held = frozenset(Role(name) for name in names if name in Role)
        # The first account of an installation is made by ``createsuperuser``.
        return held | {Role.ADMINISTRATOR} if self.is_superuser else held

    def has_role(self, *roles: Role) -> bool:
        """Holds at least one of these roles."""
        return bool(self.roles & set(roles))


def role_names() -> str:
    """SQL for the names of the roles of the account ``one`` on the day ``today.day``."""
    given = """
        select role.name from auth_group role
        join accounts_user_groups held on held.group_id = role.id
        where held.user_id = one.id
    """
    return f"array({' union '.join([given, *HELD_FOR_A_TIME])})"


def _with_roles() -> str:
    return f"""
    select {{columns}}, {role_names()} from (select %s::date) today (day), accounts_user one
    where one.id = %s
    """  # noqa: S608 (nothing in it is from outside)


WITH_ROLES = RowQuery(User, _with_roles, "role_names")


class Session(AbstractBaseSession):
    """One row per browser that somebody signed in with, or that was told something for its next
    page. ``user``, who signed in, stands in ``session_data`` too, but signed and packed: here it
    can be joined.
    """

    # Not held by the database: the session of who was just taken out is nobody's, and no error
    # (after which Django would try another session key, for ever).
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, db_constraint=False)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """What reads and writes these."""
        from leer.accounts.sessions import SessionStore

        return SessionStore
