"""The sentences that Leer itself writes, and reads back to rebuild progress.

A smaller grammar than ``shape`` (which is the whole specification): the actor is an account,
the object an activity, and what others may add is passed over when reading. What is written
goes through the same check as what comes from outside.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from leer.xapi.statements.formats import Extensions, Iri
from leer.xapi.statements.shape import Account, Activity, ContextActivities, Result, VerbObject

# ruff: noqa: N815 (the specification's own spelling)


class Agent(Struct, omit_defaults=True, kw_only=True):
    """Leer uses the account only, never name or e-mail."""

    account: Account


class Context(Struct, omit_defaults=True, kw_only=True):
    """What Leer says around a fact: the attempt, the module, its version."""

    registration: UUID | UnsetType = UNSET
    contextActivities: ContextActivities | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET


class Statement(Struct, omit_defaults=True, kw_only=True):
    """One learning fact. ``timestamp`` is when it happened."""

    id: UUID
    actor: Agent
    verb: VerbObject
    object: Activity
    timestamp: Annotated[datetime, Meta(tz=True)]
    result: Result | UnsetType = UNSET
    context: Context | UnsetType = UNSET
    version: str = "1.0.0"

    @property
    def registration(self) -> UUID | None:
        """The attempt or stay this fact belongs to."""
        context = self.context
        if isinstance(context, Context) and isinstance(context.registration, UUID):
            return context.registration
        return None


class Subject(Struct):
    """The least that can be asked of a statement: what it is about."""

    id: Iri | UnsetType = UNSET


_DECODER = msgspec.json.Decoder(Statement)
_ENCODER = msgspec.json.Encoder(order="sorted", uuid_format="canonical")


def decode(raw: bytes | str) -> Statement:
    """Read one statement; raises ``msgspec.ValidationError`` for one that is not in this grammar:
    a statement from outside may be about a group, or about another statement.
    """
    return _DECODER.decode(raw)


def encode(statement: Statement) -> bytes:
    """Write one statement."""
    return _ENCODER.encode(statement)
