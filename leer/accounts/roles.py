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


# SQL for roles that the account ``one`` holds on the day ``today.day`` without being given them;
# apps above add theirs in ``ready``.
HELD_FOR_A_TIME: list[str] = []


def create_groups(**kwargs: Any) -> None:
    """Make sure each role has its group (after every migrate)."""
    from django.contrib.auth.models import Group

    for role in Role:
        Group.objects.get_or_create(name=role.value)
