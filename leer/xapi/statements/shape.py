"""The shape of everything in a statement: xAPI 1.0.3 Part Two, 2.4; IEEE 9274.1.1, 4.2.

Unknown properties and nulls are refused. What a type cannot say is in ``__post_init__``.
A class serves both versions; what only 2.0 has is refused for 1.0 in ``checking``.
"""

from collections.abc import Iterable
from functools import cached_property
from itertools import chain
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from leer.xapi.statements import formats
from leer.xapi.statements.formats import Extensions, Iri, LanguageMap, LanguageTag, UuidText
from leer.xapi.statements.recurring import Recurring, part_reader

# ruff: noqa: N815 (the specification's own spelling)


class Closed(Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, gc=False):
    """Nothing but the properties that the specification names."""


class Account(Closed, kw_only=True):
    """2.4.2.4: a name at a home page."""

    homePage: Iri
    name: str


class Actor(Closed, kw_only=True, dict=True, gc=True):
    """2.4.2: an Agent, or a Group with or without an identifier.

    An Agent has exactly one inverse functional identifier (IFI) and no members. A Group has at
    most one; without it (anonymous) it has members, and members are Agents.
    """

    objectType: Literal["Agent", "Group"] | UnsetType = UNSET
    name: str | UnsetType = UNSET
    mbox: Annotated[str, Meta(pattern=formats.MAILTO)] | UnsetType = UNSET
    mbox_sha1sum: Annotated[str, Meta(pattern=formats.SHA1)] | UnsetType = UNSET
    openid: Iri | UnsetType = UNSET
    account: Account | UnsetType = UNSET
    member: "list[Actor] | UnsetType" = UNSET

    def __post_init__(self) -> None:
        """Count the identifiers, look at the members."""
        identifiers = len(self.identifiers())
        if identifiers > 1:
            raise ValueError("an Agent or Group has one identifier, this one has several")
        if self.is_group:
            self._check_group(identifiers)
        elif identifiers == 0 or self.member is not UNSET:
            raise ValueError(
                "an Agent has one of mbox, mbox_sha1sum, openid and account, and no member"
            )

    def _check_group(self, identifiers: int) -> None:
        if not identifiers and not self.member:
            raise ValueError("a Group without an identifier has members")
        if any(member.is_group for member in self.members):
            raise ValueError("the members of a Group are Agents")

    @property
    def is_group(self) -> bool:
        """A Group, not an Agent."""
        return self.objectType == "Group"

    @property
    def members(self) -> "list[Actor]":
        """The members; none when the property is absent."""
        return self.member if self.member is not UNSET else []

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What it is known by; a Group by its members too (Communication, 2.1.3)."""
        members = (name for member in self.members for name in member.identifiers())
        return (*self.identifiers(), *members)

    def identifiers(self) -> list[str]:
        """Each IFI as text that is the same for the same identifier only."""
        found = []
        if self.mbox is not UNSET:
            found.append(f"mbox {self.mbox}")
        if self.mbox_sha1sum is not UNSET:
            found.append(f"mbox_sha1sum {self.mbox_sha1sum.lower()}")
        if self.openid is not UNSET:
            found.append(f"openid {self.openid}")
        if isinstance(self.account, Account):
            found.append(f"account {self.account.homePage} {self.account.name}")
        return found


class VerbObject(Closed, kw_only=True):
    """2.4.3."""

    id: Iri
    display: LanguageMap | UnsetType = UNSET


class Component(Closed, kw_only=True):
    """2.4.4.1: one choice, step, source, target or point on a scale."""

    id: str
    description: LanguageMap | UnsetType = UNSET


Components = list[Component] | UnsetType
InteractionType = Literal[
    "true-false", "choice", "fill-in", "long-fill-in", "matching", "performance", "sequencing",
    "likert", "numeric", "other",
]  # fmt: skip


class Definition(Closed, kw_only=True):
    """2.4.4.1, Activity Definition, with the properties of an interaction."""

    name: LanguageMap | UnsetType = UNSET
    description: LanguageMap | UnsetType = UNSET
    type: Iri | UnsetType = UNSET
    moreInfo: Iri | UnsetType = UNSET
    interactionType: InteractionType | UnsetType = UNSET
    correctResponsesPattern: list[str] | UnsetType = UNSET
    choices: Components = UNSET
    scale: Components = UNSET
    source: Components = UNSET
    target: Components = UNSET
    steps: Components = UNSET
    extensions: Extensions | UnsetType = UNSET

    def __post_init__(self) -> None:
        """Interactions: a type when there is any other part; ids differ within a list."""
        lists = (self.choices, self.scale, self.source, self.target, self.steps)
        parts = [part for part in lists if part is not UNSET]
        if self.interactionType is UNSET and (parts or self.correctResponsesPattern is not UNSET):
            raise ValueError("a definition with parts of an interaction has an interactionType")
        for part in parts:
            if len({component.id for component in part}) < len(part):
                raise ValueError("the ids in a list of interaction components differ")


class Activity(Closed, kw_only=True):
    """2.4.4.1."""

    id: Iri
    objectType: Literal["Activity"] | UnsetType = UNSET
    definition: Definition | UnsetType = UNSET


class StatementRef(Closed, kw_only=True):
    """2.4.4.3: points to another statement, known or not."""

    objectType: Literal["StatementRef"]
    id: UuidText


class Score(Closed, kw_only=True):
    """2.4.5.1."""

    scaled: Annotated[float, Meta(ge=-1, le=1)] | UnsetType = UNSET
    raw: float | UnsetType = UNSET
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET

    def __post_init__(self) -> None:
        """``min`` ≤ ``raw`` ≤ ``max``, and ``min`` below ``max``."""
        low = self.min if isinstance(self.min, float) else float("-inf")
        high = self.max if isinstance(self.max, float) else float("inf")
        raw = self.raw if isinstance(self.raw, float) else None
        if low >= high or (raw is not None and not low <= raw <= high):
            raise ValueError("a score has min below max, and raw between them")


class Result(Closed, kw_only=True):
    """2.4.5."""

    score: Score | UnsetType = UNSET
    success: bool | UnsetType = UNSET
    completion: bool | UnsetType = UNSET
    response: str | UnsetType = UNSET
    duration: str | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET

    def __post_init__(self) -> None:
        """The duration."""
        if isinstance(self.duration, str):
            formats.check_duration(self.duration)


class ContextActivities(Closed, kw_only=True, dict=True, gc=True):
    """2.4.6.2: lists; a single activity is taken as a list of one."""

    parent: list[Activity] | Activity | UnsetType = UNSET
    grouping: list[Activity] | Activity | UnsetType = UNSET
    category: list[Activity] | Activity | UnsetType = UNSET
    other: list[Activity] | Activity | UnsetType = UNSET

    @cached_property
    def has_single(self) -> bool:
        """One of the four is no list."""
        return any(isinstance(part, Activity) for part in self._parts())

    @cached_property
    def all(self) -> tuple[Activity, ...]:
        """Every activity in them."""
        lists = ([part] if isinstance(part, Activity) else part for part in self._parts())
        return tuple(chain.from_iterable(lists))

    def _parts(self) -> "Iterable[list[Activity] | Activity]":
        for part in (self.parent, self.grouping, self.category, self.other):
            if part is not UNSET:
                yield part


class ContextAgent(Closed, kw_only=True):
    """2.0, 4.2.2.5: an agent with its part in this."""

    objectType: Literal["contextAgent"]
    agent: Actor
    relevantTypes: Annotated[list[Iri], Meta(min_length=1)] | UnsetType = UNSET

    def __post_init__(self) -> None:
        """An Agent."""
        if self.agent.is_group:
            raise ValueError("a contextAgent has an Agent")


class ContextGroup(Closed, kw_only=True):
    """2.0, 4.2.2.5: a group with its part in this."""

    objectType: Literal["contextGroup"]
    group: Actor
    relevantTypes: Annotated[list[Iri], Meta(min_length=1)] | UnsetType = UNSET

    def __post_init__(self) -> None:
        """A Group."""
        if not self.group.is_group:
            raise ValueError("a contextGroup has a Group")


class Context(Closed, kw_only=True):
    """2.4.6."""

    registration: UuidText | UnsetType = UNSET
    instructor: Actor | UnsetType = UNSET
    team: Actor | UnsetType = UNSET
    contextActivities: Recurring[ContextActivities] | UnsetType = UNSET
    contextAgents: list[ContextAgent] | UnsetType = UNSET
    contextGroups: list[ContextGroup] | UnsetType = UNSET
    revision: str | UnsetType = UNSET
    platform: str | UnsetType = UNSET
    language: LanguageTag | UnsetType = UNSET
    statement: StatementRef | UnsetType = UNSET
    extensions: Extensions | UnsetType = UNSET

    def __post_init__(self) -> None:
        """A team is a Group."""
        if isinstance(self.team, Actor) and not self.team.is_group:
            raise ValueError("context.team is a Group")

    def actors(self) -> list[Actor]:
        """Everybody who is named here."""
        if self.instructor is self.team is self.contextAgents is self.contextGroups is UNSET:
            return []  # mostly
        found = [one for one in (self.instructor, self.team) if one is not UNSET]
        if self.contextAgents is not UNSET:
            found += [one.agent for one in self.contextAgents]
        if self.contextGroups is not UNSET:
            found += [one.group for one in self.contextGroups]
        return found

    @property
    def is_of_version_two(self) -> bool:
        """Uses what 1.0 does not have."""
        return self.contextAgents is not UNSET or self.contextGroups is not UNSET


class Attachment(Closed, kw_only=True):
    """2.4.11."""

    usageType: Iri
    display: LanguageMap
    contentType: Annotated[str, Meta(pattern=formats.MEDIA_TYPE)]
    length: Annotated[int, Meta(ge=0)]
    sha2: Annotated[str, Meta(pattern=formats.SHA2)]
    description: LanguageMap | UnsetType = UNSET
    fileUrl: Iri | UnsetType = UNSET


_read_actor = part_reader(Actor, "actor")
_read_verb = part_reader(VerbObject, "verb")
_read_around = part_reader(ContextActivities, "context.contextActivities")


class Sentence(Closed, kw_only=True):
    """What a Statement and a SubStatement share. ``object`` is read by its objectType."""

    actor: Recurring[Actor]
    verb: Recurring[VerbObject]
    object: Raw
    result: Result | UnsetType = UNSET
    context: Context | UnsetType = UNSET
    timestamp: str | UnsetType = UNSET
    attachments: list[Attachment] | UnsetType = UNSET

    def resolve(self) -> None:
        """Read the parts that recur. Until then they are as they came."""
        self.actor = _read_actor(self.actor)
        self.verb = _read_verb(self.verb)
        if self.context is not UNSET and self.context.contextActivities is not UNSET:
            self.context.contextActivities = _read_around(self.context.contextActivities)

    @property
    def may_nest(self) -> bool:
        """Whether it has room for lists in lists without end: only extensions have, and what is
        read apart.
        """
        return _has_parts(self.result) or _has_parts(self.context)


def _has_parts(holder: Result | Context | UnsetType) -> bool:
    if holder is UNSET or holder.extensions is UNSET:
        return False
    return not {dict, list}.isdisjoint(map(type, holder.extensions.values()))


class SubStatement(Sentence, kw_only=True):
    """2.4.4.3: a statement that did not (yet) happen; never one within one."""

    objectType: Literal["SubStatement"]


class Statement(Sentence, kw_only=True):
    """2.4. ``stored`` and ``authority`` are the ledger's; what a sender says there is replaced."""

    id: UuidText | UnsetType = UNSET
    stored: str | UnsetType = UNSET
    authority: Actor | UnsetType = UNSET
    version: Annotated[str, Meta(pattern=formats.VERSION)] | UnsetType = UNSET

    def __post_init__(self) -> None:
        """An authority that is a Group is an OAuth pair: an application and a user (2.4.9)."""
        if isinstance(self.authority, Actor) and self.authority.is_group:
            anonymous_pair = not self.authority.identifiers() and len(self.authority.members) == 2
            if not anonymous_pair:
                raise ValueError("an authority that is a Group is anonymous and has two members")


Object = Activity | Actor | StatementRef | SubStatement


class Kind(Struct):
    """Only what an object says it is."""

    objectType: str = "Activity"


def _decoder(kind: Any) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(kind)


READ_KIND = _decoder(Kind)
READ_STATEMENT = _decoder(Statement)
READ_ACTOR = _decoder(Actor)
READ_OBJECT = {
    "Activity": _decoder(Activity),
    "Agent": _decoder(Actor),
    "Group": _decoder(Actor),
    "StatementRef": _decoder(StatementRef),
    "SubStatement": _decoder(SubStatement),
}


def read_statement(raw: bytes) -> Statement:
    """A statement that is in the ledger. Raises as ``msgspec.json.decode`` does."""
    statement: Statement = READ_STATEMENT.decode(raw)
    statement.resolve()
    return statement
