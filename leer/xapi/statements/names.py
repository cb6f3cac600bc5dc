"""Names that never change: IRIs of activities, accounts of actors, ids of statements.

Ids are UUIDv5 of what happened, so that a retry is the same statement (RFC 9562, 5.5).
"""

import re
from functools import lru_cache
from posixpath import normpath
from urllib.parse import quote, unquote
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from msgspec import UNSET, UnsetType

from leer.xapi.statements.own import Agent
from leer.xapi.statements.shape import Account, Activity, Definition, InteractionType
from leer.xapi.statements.vocabulary import ActivityType


def activity_iri(*path: str) -> str:
    """The IRI of an activity: ``activity_iri("modules", "herken-een-benadering")``. A name may
    hold anything that a writer can think of; in the IRI it is percent-encoded (RFC 3987).
    """
    return "/".join([settings.XAPI_IRI_BASE, *(quote(part, safe="") for part in path)])


def extension(name: str) -> str:
    """The IRI of one of Leer's own extensions."""
    return activity_iri("extensions", name)


def path_of(iri: str) -> tuple[str, ...]:
    """The parts that ``activity_iri`` put together; empty for an IRI of somebody else's."""
    base = settings.XAPI_IRI_BASE + "/"
    if not iri.startswith(base):
        return ()
    return tuple(unquote(part) for part in iri.removeprefix(base).split("/"))


@lru_cache(maxsize=1 << 14)
def is_ours(iri: str) -> bool:
    """Whether this names something of Leer's own."""
    return iri.startswith(settings.XAPI_IRI_BASE + "/")


def is_measurement(iri: str) -> bool:
    """Whether this names a measurement, or something in one: class C, never in the ledger.

    However it is spelled: percent-encoded, in capitals, with http for https, with dots in its
    path (RFC 3986, 6.2.2). Two spellings are two names to xAPI, but one thing to who reads them.
    """
    # Most IRIs are told apart by the word: asking the settings costs more.
    if "%" not in iri and "measurements" not in iri.lower():
        return False
    return _plain(iri).startswith(_plain(activity_iri("measurements")))


def _plain(iri: str) -> str:
    """An IRI without what its spelling may differ in, and with an end."""
    _, _, rest = _decoded(iri).lower().partition("://")
    path = normpath(re.split(r"[?#]", rest, maxsplit=1)[0])
    return path.removeprefix("www.") + "/"


def _decoded(text: str) -> str:
    """Percent-encoding undone, also when it was done twice."""
    for _ in range(3):
        text = unquote(text)
    return text


def activity(
    kind: ActivityType, *path: str, interaction: InteractionType | UnsetType = UNSET
) -> Activity:
    """An activity with its type; ``interaction`` for a cmi.interaction."""
    definition = Definition(type=kind.value, interactionType=interaction)
    return Activity(id=activity_iri(*path), definition=definition)


def agent(actor_name: UUID) -> Agent:
    """The actor: an opaque account name, never a name or e-mail address."""
    return Agent(account=Account(homePage=settings.XAPI_IRI_BASE, name=str(actor_name)))


def name_uuid(*parts: object) -> UUID:
    """The UUIDv5 of these parts, in this organisation."""
    organisation = uuid5(NAMESPACE_URL, settings.XAPI_IRI_BASE)
    return uuid5(organisation, "|".join(str(part) for part in parts))
