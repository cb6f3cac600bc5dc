"""The account."""

import uuid
from collections.abc import Collection
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from leer.accounts.roles import Role

WITH_ROLES = """
    select person.*, array(
        select role.name from auth_group role
        join accounts_user_groups held on held.group_id = role.id
        where held.user_id = person.id
    ) as role_names
    from accounts_user person where person.id = %s
"""


class PeopleManager(UserManager["User"]):
    """Users, with their roles in the same query where a page needs both."""

    def with_roles(self, user_id: int) -> "User | None":
        """The user with this id, who knows ``role_names``: the names of the groups they are in.

        Every page of everybody asks this, and building it as a queryset costs more than
        running it: so it is SQL.
        """
        return next(iter(self.raw(WITH_ROLES, [user_id])), None)


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

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles this person holds now."""
        names: Collection[str] = getattr(self, "role_names", None) or self.groups.values_list(
            "name", flat=True
        )
        held = frozenset(Role(name) for name in names if name in Role)
        # The first account of an installation is made by ``createsuperuser``.
        return held | {Role.ADMINISTRATOR} if self.is_superuser else held

    def has_role(self, *roles: Role) -> bool:
        """Holds at least one of these roles."""
        return bool(self.roles & set(roles))
