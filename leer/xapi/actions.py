"""The way into the ledger for what Leer itself records."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

import msgspec
from django.conf import settings

from leer.xapi.statements.checking import check
from leer.xapi.statements.names import name_uuid
from leer.xapi.statements.own import Statement, encode
from leer.xapi.statements.vocabulary import VOIDED
from leer.xapi.store.writing import Unit, Writer, write

VERSION = "1.0.3"


def append(statements: Sequence[Statement]) -> frozenset[UUID]:
    """Append these facts in the caller's transaction; returns the ids that are new.

    A fact that is there already is not written again: a retry changes nothing. Raises
    ``Refused`` for what is no valid statement: what Leer says is checked like what others say.
    """
    if not statements:
        return frozenset()
    facts = [check(encode(statement), version=VERSION) for statement in statements]
    return write([Unit(ourselves(), facts)], compare=False)


def void(statement_id: UUID, *, at: datetime) -> None:
    """Take this fact back, on Leer's own word: both stay, and whoever asks the ledger for what
    holds does not get it. Once, however often. What it means for progress is another fact.
    """
    said = {
        "id": str(name_uuid(statement_id, VOIDED)),
        "actor": {"account": _account()},
        "verb": {"id": VOIDED, "display": {"en": "voided"}},
        "object": {"objectType": "StatementRef", "id": str(statement_id)},
        "timestamp": at.isoformat(),
    }
    write([Unit(ourselves(), [check(msgspec.json.encode(said), version=VERSION)])], compare=False)


@cache
def ourselves() -> Writer:
    """Leer, as the authority of what it records."""
    # Nobody else describes Leer's own activities, and each statement says what its own is.
    authority = msgspec.json.encode({"account": _account()})
    return Writer(authority=authority, trusted=True, defines=False)


def _account() -> dict[str, str]:
    return {"homePage": settings.XAPI_IRI_BASE, "name": "leer"}
