"""What a source says the organisation is, in one neutral form shaped after SCIM (RFC 7643).

The attribute names in the comments are SCIM's; ``docs/developers/import.md`` has the mapping.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from leer.accounts.api import Role
from leer.organisation.importing.errors import RowError


class Kind(StrEnum):
    """The three kinds of things a source can give."""

    FUNCTION = "function"
    TEAM = "team"
    PERSON = "person"


# What a source may give or take. The other two roles follow: everybody is medewerker, and
# leidinggevende is who leads a team.
EXTRA_ROLES = frozenset({Role.EDITOR, Role.CHIEF_EDITOR, Role.PROGRAMME, Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Place:
    """Where a record stands in its source, so that an error can point at it."""

    file: str
    line: int


@dataclass(frozen=True)
class JobFunctionRecord:
    """A job function; people refer to it by ``title``."""

    external_id: str  # externalId
    display_name: str  # displayName
    high_risk: bool  # highRisk
    place: Place = field(compare=False)


@dataclass(frozen=True)
class TeamRecord:
    """A team (SCIM Group); people refer to it by ``department``.

    ``managers`` are the external ids of all who lead it; ``None`` leaves its leaders alone.
    ``parent`` is the team that it is a part of (empty: of none); ``None`` leaves that alone.
    """

    external_id: str  # externalId
    display_name: str  # displayName
    region: str  # region
    managers: tuple[str, ...] | None  # manager
    place: Place = field(compare=False)
    parent: str | None = None  # parent


@dataclass(frozen=True)
class PersonRecord:
    """A person (SCIM User with the enterprise extension).

    ``roles`` are the extra roles; ``None`` (not said) leaves them alone. ``start_date`` is the
    first day of service: the first placement begins then.
    """

    external_id: str  # externalId
    user_name: str  # userName
    given_name: str  # name.givenName
    family_name: str  # name.familyName
    email: str  # emails.value
    function: str  # title
    team: str  # department
    active: bool  # active
    place: Place = field(compare=False)
    roles: frozenset[Role] | None = None  # roles
    start_date: date | None = None  # startDate

    @property
    def full_name(self) -> str:
        """As people are called."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True)
class Records:
    """All that one import brings. ``None`` for a kind: not given, so look in the database.

    ``errors`` are rows that could not be read; ``rejected`` names what stood on them, so that
    a row that refers to it can say why it cannot be found.
    """

    functions: tuple[JobFunctionRecord, ...] | None = None
    teams: tuple[TeamRecord, ...] | None = None
    people: tuple[PersonRecord, ...] | None = None
    errors: tuple[RowError, ...] = ()
    rejected: frozenset[tuple[Kind, str]] = frozenset()
