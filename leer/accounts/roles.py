"""The six roles. A person may hold several; each is a Django group of the same name."""

from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """The value is the group's name, as administrators see it."""

    EMPLOYEE = "medewerker"
    MANAGER = "leidinggevende"
    EDITOR = "redacteur"
    CHIEF_EDITOR = "eindredacteur"
    PROGRAMME = "programma"
    ADMINISTRATOR = "beheerder"


def create_groups(**kwargs: Any) -> None:
    """Make sure each role has its group (after every migrate)."""
    from django.contrib.auth.models import Group

    for role in Role:
        Group.objects.get_or_create(name=role.value)
