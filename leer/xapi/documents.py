"""Documents that clients keep here: state and profiles (Communication, 2.2 and 3.1).

A write looks at what is there and at the client's conditions while it holds the document, so
that of two writes at the same moment one sees the other.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from leer.xapi.models import Document, DocumentKind
from leer.xapi.statements.keys import Key, Kind, key

JSON = "application/json"


class PreconditionFailed(Exception):
    """The document is not (any more) what the client thinks it is."""


class ConflictingDocument(Exception):
    """There is a document, and the client did not say which version of it is replaced."""


class ConditionMissing(Exception):
    """The client must say whether it writes a new document or replaces one."""


class CannotMerge(Exception):
    """What is there and what comes are not both JSON objects."""


@dataclass(frozen=True)
class Place:
    """Whose documents of which kind. ``agent`` is an identifier as in ``Actor.identifiers``."""

    kind: DocumentKind
    activity: str = ""
    agent: str = ""
    registration: UUID | None = None

    def context(self) -> Key:
        """The key of everything here, in whatever registration."""
        return key(Kind.DOCUMENT, " ".join((self.kind, self.activity, self.agent)))

    def key(self, name: str) -> Key:
        """The key of one document."""
        parts = (self.kind, self.activity, self.agent, str(self.registration), name)
        return key(Kind.DOCUMENT, " ".join(parts))


@dataclass(frozen=True)
class Conditions:
    """``If-Match`` and ``If-None-Match``: entity tags, or ``*``."""

    match: Sequence[str] = ()
    none_match: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.match or self.none_match)

    def check(self, current: Document | None) -> None:
        """Raises ``PreconditionFailed``."""
        if self.match and not _is_among(current, self.match):
            raise PreconditionFailed("the document is not the one in If-Match")
        if self.none_match and _is_among(current, self.none_match):
            raise PreconditionFailed("the document in If-None-Match is there")


@dataclass(frozen=True)
class Blindly:
    """What a PUT without conditions may do (3.1; IEEE 9274.1.1, 4.1.4)."""

    create: bool
    replace: bool


def _is_among(current: Document | None, tags: Sequence[str]) -> bool:
    return current is not None and ("*" in tags or current.etag in tags)


@dataclass(frozen=True)
class Content:
    """What is in a document."""

    type: str
    body: bytes

    @property
    def is_json(self) -> bool:
        """Says that it is JSON."""
        return self.type.partition(";")[0].strip().lower() == JSON


def find(place: Place, name: str) -> Document | None:
    """One document."""
    return Document.objects.filter(key=place.key(name)).first()


def names(place: Place, *, since: datetime | None = None) -> list[str]:
    """The names of the documents at this place, changed after ``since``."""
    found = _all_at(place)
    if since:
        found = found.filter(updated_at__gt=since)
    return list(found.order_by("name").values_list("name", flat=True).distinct())


def last_change(place: Place) -> datetime | None:
    """When a document at this place was last changed."""
    newest = _all_at(place).order_by("-updated_at").first()
    return newest.updated_at if newest else None


def _all_at(place: Place) -> QuerySet[Document]:
    found = Document.objects.filter(context=place.context())
    return found.filter(registration=place.registration) if place.registration else found


@transaction.atomic
def put(
    place: Place, name: str, content: Content, conditions: Conditions, *, blindly: Blindly
) -> None:
    """Write a document. What may be done without conditions is in ``blindly``.

    Raises ``PreconditionFailed``, ``ConflictingDocument`` and ``ConditionMissing``.
    """
    current = _held(place, name)
    if not conditions and current is None and not blindly.create:
        raise ConditionMissing("send If-None-Match: * to write a new document")
    if not conditions and current is not None and not blindly.replace:
        raise ConflictingDocument(
            "there is a document already: look at it, and send its ETag as If-Match to replace it"
        )
    conditions.check(current)
    _save(place, name, content)


@transaction.atomic
def merge(place: Place, name: str, content: Content, conditions: Conditions) -> None:
    """Write a document, or put the properties of a JSON object into the one that is there.

    Raises ``PreconditionFailed`` and ``CannotMerge``.
    """
    current = _held(place, name)
    conditions.check(current)
    if current:
        old = Content(current.content_type, bytes(current.content))
        content = replace(content, body=_merged(old, content))
    _save(place, name, content)


@transaction.atomic
def delete(place: Place, name: str, conditions: Conditions) -> None:
    """Remove a document, if it is there. Raises ``PreconditionFailed``."""
    current = _held(place, name)
    conditions.check(current)
    if current:
        current.delete()


def delete_all(place: Place) -> None:
    """Remove every document at this place."""
    _all_at(place).delete()


def _held(place: Place, name: str) -> Document | None:
    """The document, held until the transaction ends; its place is held when it is not there."""
    lock = int.from_bytes(bytes.fromhex(place.key(name))[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [lock])
    return find(place, name)


def _save(place: Place, name: str, content: Content) -> None:
    Document.objects.update_or_create(
        key=place.key(name),
        defaults={
            "context": place.context(),
            "kind": place.kind,
            "activity": place.activity,
            "agent": place.agent,
            "registration": place.registration,
            "name": name,
            "content_type": content.type,
            "content": content.body,
            "etag": hashlib.sha1(content.body, usedforsecurity=False).hexdigest(),
            "updated_at": timezone.now(),
        },
    )


# Forgetting somebody (docs/decisions/0016-forgetting.md) -------------------------------------
def of_agents(agents: Collection[str]) -> QuerySet[Document]:
    """Everything that is kept about these. An address is found however it is spelled."""
    addresses = [agent.lower() for agent in agents if agent.startswith("mbox")]
    return Document.objects.annotate(agent_lower=Lower("agent")).filter(
        Q(agent__in=agents) | Q(agent_lower__in=addresses)
    )


def naming(patterns: Sequence[str]) -> QuerySet[Document]:
    """The documents in which text stands that is like one of these (``ilike``)."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMING, [list(patterns)] * 3)
        keys = [key for (key,) in cursor.fetchall()]
    return Document.objects.filter(pk__in=keys)


_NAMING = """
    select key from xapi_document
    where name ilike any(%s) or activity ilike any(%s) or encode(content, 'escape') ilike any(%s)
"""


@transaction.atomic
def scrub(documents: Iterable[Document], text: Callable[[str], str]) -> None:
    """Write these again with their names and content changed by ``text``."""
    for one in list(documents):
        place = Place(DocumentKind(one.kind), text(one.activity), one.agent, one.registration)
        content = bytes(one.content)
        one.delete()
        _save(place, text(one.name), Content(one.content_type, _scrubbed(content, text)))


def _scrubbed(content: bytes, text: Callable[[str], str]) -> bytes:
    """As text where it is; what is no text stays as it is."""
    try:
        return text(content.decode()).encode()
    except UnicodeDecodeError:
        return content


_READ: Callable[[bytes], dict[str, Any]] = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode


def _merged(old: Content, new: Content) -> bytes:
    """The properties of the new one over those of the old one, at the top only (2.2)."""
    if not (old.is_json and new.is_json):
        raise CannotMerge("only documents of type application/json can be merged")
    try:
        return msgspec.json.encode(_READ(old.body) | _READ(new.body))
    except msgspec.MsgspecError as error:
        raise CannotMerge("both documents must be JSON objects") from error
