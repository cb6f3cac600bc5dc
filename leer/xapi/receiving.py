"""Statements from outside: what a client may say, made ready to be stored."""

from collections.abc import Mapping, Sequence

from leer.xapi import selectors
from leer.xapi.credentials import Client
from leer.xapi.statements.checking import Fact
from leer.xapi.store.writing import Unit


class NotAllowed(Exception):
    """This client may not say this; the text tells why."""


def received(client: Client, facts: Sequence[Fact], files: Mapping[str, bytes]) -> Unit:
    """These, to be stored all or none. Raises ``NotAllowed``."""
    for fact in facts:
        if fact.voids or client.prefix:
            _check(client, fact)
    return Unit(client.writer, facts, files=files, from_outside=True)


def _check(client: Client, fact: Fact) -> None:
    """About an activity within bounds, or about a statement of its own."""
    if fact.targets is None:
        if not (fact.activity or "").startswith(client.prefix):
            raise NotAllowed(
                f"this credential is for statements about activities under {client.prefix}"
            )
    elif not client.may():
        target = selectors.place_of(fact.targets)
        own = sorted(client.writer.keys)
        if target is not None and not selectors.was_written_by(target, own):
            raise NotAllowed("this credential can refer to its own statements only, or void them")
