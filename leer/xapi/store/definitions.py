"""What activities are, learned from the statements that describe them.

The ledger gives out one definition per activity (``format=canonical``, the Activities
Resource). Later words for the same property, or in the same language, replace earlier ones.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterable
from typing import Any

import msgspec
from django.db import transaction

from leer.xapi.statements.checking import Fact
from leer.xapi.statements.keys import Kind, key
from leer.xapi.statements.shape import Definition
from leer.xapi.store import database

_READ = "select iri, definition from xapi_activity where key = any(%s::uuid[]) for update"
_CLAIM = """
    insert into xapi_activity (key, iri, type, definition)
    select new.key, new.iri, '', '{}' from unnest(%s::uuid[], %s::text[]) as new (key, iri)
    on conflict do nothing
"""
_WRITE = """
    update xapi_activity set type = new.type, definition = new.definition
    from unnest(%s::uuid[], %s::text[], %s::text[]) as new (key, type, definition)
    where xapi_activity.key = new.key
"""
MOST_REMEMBERED = 50_000


class Memory:
    """The last definition of each activity that this process wrote: most statements repeat it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: OrderedDict[str, int] = OrderedDict()

    def knows(self, iri: str, definition: bytes) -> bool:
        """Whether this was the last one."""
        return self._last.get(iri) == hash(definition)

    def remember(self, definitions: Iterable[tuple[str, bytes]]) -> None:
        """These were written and committed."""
        with self._lock:
            for iri, definition in definitions:
                self._last[iri] = hash(definition)
                self._last.move_to_end(iri)
            while len(self._last) > MOST_REMEMBERED:
                self._last.popitem(last=False)


MEMORY = Memory()


def are_new(fact: Fact) -> bool:
    """Whether this statement describes an activity otherwise than was last heard."""
    return any(not MEMORY.knows(iri, _said(definition)) for iri, definition in fact.definitions)


def _said(definition: Definition) -> bytes:
    return msgspec.json.encode(definition)


def learn(definitions: Iterable[tuple[str, Definition]]) -> None:
    """Take over what these say of their activities."""
    unseen: dict[str, list[bytes]] = {}
    for iri, definition in definitions:
        said = _said(definition)
        if not MEMORY.knows(iri, said):
            unseen.setdefault(iri, []).append(said)
    if unseen:
        _merge(unseen)
        last = [(iri, said[-1]) for iri, said in unseen.items()]
        transaction.on_commit(lambda: MEMORY.remember(last))


def _merge(unseen: dict[str, list[bytes]]) -> None:
    iris = sorted(unseen)  # in one order, so that two writers do not lock each other
    keys = [key(Kind.ACTIVITY, iri) for iri in iris]
    database.execute(_CLAIM, [keys, iris])
    merged = {iri: msgspec.json.decode(text) for iri, text in database.rows(_READ, [keys])}
    for iri, said in unseen.items():
        for one in said:
            _add(merged[iri], msgspec.json.decode(one))
    types = [merged[iri].get("type", "") for iri in iris]
    texts = [msgspec.json.encode(merged[iri]).decode() for iri in iris]
    database.execute(_WRITE, [keys, types, texts])


def _add(known: dict[str, Any], said: dict[str, Any]) -> None:
    for name, value in said.items():
        if name in {"name", "description"}:
            known[name] = known.get(name, {}) | value
        else:
            known[name] = value


def known(iris: Collection[str]) -> dict[str, dict[str, Any]]:
    """The definition that the ledger gives out for each of these, where it has one."""
    if not iris:
        return {}
    keys = [key(Kind.ACTIVITY, iri) for iri in iris]
    query = "select iri, definition from xapi_activity where key = any(%s::uuid[])"
    return {iri: msgspec.json.decode(text) for iri, text in database.rows(query, [keys])}
