"""What an import would change: plain facts, in the order of the source.

Nothing here is a set, so that the same plan always has the same digest.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from leer.accounts.api import Role


@dataclass(frozen=True)
class Field:
    """One field of a row: what it is and what it becomes."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True)
class RowChange:
    """A function, team or account that is new (no ``pk``) or gets other values."""

    key: str
    label: str
    pk: int | None
    fields: tuple[Field, ...]

    @property
    def is_new(self) -> bool:
        """Does not exist yet."""
        return self.pk is None

    @property
    def changed(self) -> tuple[Field, ...]:
        """The fields that differ."""
        return tuple(field for field in self.fields if field.old != field.new)

    @property
    def values(self) -> dict[str, Any]:
        """All fields as they should be."""
        return {field.name: field.new for field in self.fields}


@dataclass(frozen=True)
class PartChange:
    """A team becomes a part of another one (or of none: empty)."""

    team: str
    label: str
    old: str
    new: str


class Step(StrEnum):
    """What happens to a placement."""

    OPEN = "open"  # a first placement, or one after coming back
    MOVE = "move"  # close the present one, open the next
    CORRECT = "correct"  # it began today or later: nobody has been there yet
    CLOSE = "close"
    REMOVE = "remove"  # it would end on the day it begins


@dataclass(frozen=True)
class PlacementChange:
    """Somebody goes to a team and function, or leaves."""

    person: str
    label: str
    step: Step
    pk: int | None = None
    old_team: str = ""
    old_function: str = ""
    team: str = ""
    function: str = ""
    since: date | None = None


@dataclass(frozen=True)
class Leaver:
    """Somebody who is no longer in service."""

    key: str
    label: str
    pk: int
    team: str


@dataclass(frozen=True)
class LeadChange:
    """Somebody begins (no ``pk``) or stops leading a team. ``remove``: began today."""

    team: str
    person: str
    label: str
    pk: int | None = None
    remove: bool = False

    @property
    def starts(self) -> bool:
        """Begins to lead."""
        return self.pk is None


@dataclass(frozen=True)
class RoleChange:
    """Somebody gets or loses a role."""

    person: str
    label: str
    role: Role
    given: bool
