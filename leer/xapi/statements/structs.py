"""The shape of a statement: xAPI 1.0.3, Part Two (Experience API Data), sections 4.1.x.

Unknown properties and nulls are refused (2.4, 4.1.2); numbers and durations are checked where
the specification bounds them. Covered is what Leer records itself; statements from outside
need the rest of the specification (attachments, groups, sub-statements).
"""

import re
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

Iri = Annotated[str, Meta(pattern=r"^[A-Za-z][A-Za-z0-9+.\-]*:\S+$")]
LanguageMap = dict[Annotated[str, Meta(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$")], str]
Extensions = dict[Iri, Any]
# 4.1.5.1: ISO 8601 duration, at least one part, and one after T when there is a T.
DURATION = re.compile(
    r"^P(?!$)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?)$"
)


class Closed(Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Nothing but the properties that the specification names."""


class Account(Closed):
    """2.4.2.4: an opaque name at a home page."""

    homePage: Iri  # noqa: N815 (the specification's own spelling)
    name: str


class Agent(Closed):
    """2.4.2.1: exactly one identifier; Leer uses the account only, never name or e-mail."""

    account: Account
    objectType: str | UnsetType = UNSET  # noqa: N815


class VerbObject(Closed):
    """2.4.3."""

    id: Iri
    display: LanguageMap | UnsetType = UNSET


class Definition(Closed):
    """2.4.4.1, Activity Definition."""

    name: LanguageMap | UnsetType = UNSET
    description: LanguageMap | UnsetType = UNSET
    type: Iri | UnsetType = UNSET
    interactionType: str | UnsetType = UNSET  # noqa: N815
    extensions: Extensions | UnsetType = UNSET


class Activity(Closed):
    """2.4.4.1."""

    id: Iri
    objectType: str | UnsetType = UNSET  # noqa: N815
    definition: Definition | UnsetType = UNSET


class Score(Closed):
    """2.4.5.1."""

    scaled: Annotated[float, Meta(ge=-1, le=1)] | UnsetType = UNSET
    raw: float | UnsetType = UNSET
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET


class Result(Closed):
    """2.4.5."""

    score: Score | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    completion: bool | UnsetType = UNSET
    response: str | UnsetType = UNSET
    duration: str | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET

    def __post_init__(self) -> None:
        """Durations: msgspec has no pattern for a look-ahead with UNSET."""
        if isinstance(self.duration, str) and not DURATION.match(self.duration):
            raise ValueError("result.duration is not an ISO 8601 duration")


class ContextActivities(Closed):
    """2.4.6.2."""

    parent: list[Activity] | UnsetType = UNSET
    grouping: list[Activity] | UnsetType = UNSET
    category: list[Activity] | UnsetType = UNSET
    other: list[Activity] | UnsetType = UNSET


class Context(Closed):
    """2.4.6."""

    registration: UUID | UnsetType = UNSET
    contextActivities: ContextActivities | UnsetType = UNSET  # noqa: N815
    language: str | UnsetType = UNSET
    platform: str | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET


class Statement(Closed):
    """2.4: one learning fact. ``timestamp`` is when it happened; ``stored`` is the ledger's."""

    id: UUID
    actor: Agent
    verb: VerbObject
    object: Activity
    timestamp: Annotated[datetime, Meta(tz=True)]
    result: Result | UnsetType = UNSET
    context: Context | UnsetType = UNSET
    version: Annotated[str, Meta(pattern=r"^1\.0\.\d+$")] = "1.0.0"

    @property
    def registration(self) -> UUID | None:
        """The attempt or stay this fact belongs to."""
        context = self.context
        if isinstance(context, Context) and isinstance(context.registration, UUID):
            return context.registration
        return None


_DECODER = msgspec.json.Decoder(Statement)
_ENCODER = msgspec.json.Encoder(order="sorted", uuid_format="canonical")


def decode(raw: bytes | str) -> Statement:
    """Read one statement; raises ``msgspec.ValidationError`` naming the place when it is wrong."""
    return _DECODER.decode(raw)


def encode(statement: Statement) -> str:
    """Write one statement as the ledger keeps it, checked by reading it again."""
    raw = _ENCODER.encode(statement)
    decode(raw)
    return raw.decode()
