"""Persons without who they are.

A person is a token: an HMAC of what the ledger knows them by, with this installation's secret
and for this purpose only. So it cannot be looked up in another list, nor made from one. The day
on which the fact was stored is in it: within a day two facts of one person can be seen to belong
together (a system that sends everything twice, say); over days they make no trail.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leer.xapi.statements.shape import Actor

type Json = dict[str, Any]
PURPOSE = "leer.xapi.admin.opaque"
SHOWN = 8  # hexadecimal digits: enough to tell apart the persons of one day


def token(identifier: str, *, day: str) -> str:
    """What stands for this identifier (as in ``Actor.identifiers``) on this day (ISO 8601)."""
    proof = salted_hmac(PURPOSE, f"{day} {identifier}", algorithm="sha256")
    return proof.hexdigest()[:SHOWN]


def person(actor: Json, *, day: str) -> Json:
    """An Agent or Group with a token for a name, and nothing else of it. Of a group without a
    name of its own only its size stays: who is in it says who it is.
    """
    known = msgspec.convert(actor, Actor)
    if not known.is_group:
        return {"objectType": "Agent", "name": _("persoon %s") % _token_of(known, day)}
    if known.identifiers():
        return {"objectType": "Group", "name": _("groep %s") % _token_of(known, day)}
    size = len(known.members)
    name = ngettext("groep van %(count)d persoon", "groep van %(count)d personen", size)
    return {"objectType": "Group", "name": name % {"count": size}}


def system(authority: Json, *, names: Mapping[str, str], day: str) -> Json:
    """Who wrote it down. A key of ours is a system, known by the name that an administrator gave
    it (``names``, by account name); anybody else may be a person, and is a token.
    """
    account = authority.get("account", {})
    name = names.get(account.get("name", ""))
    if name is None or account.get("homePage") != settings.XAPI_IRI_BASE:
        identity = msgspec.json.encode(authority, order="sorted").decode()
        name = _("ander systeem %s") % token(identity, day=day)
    return {"objectType": "Agent", "name": name}


def _token_of(actor: Actor, day: str) -> str:
    return token(actor.identifiers()[0], day=day)
