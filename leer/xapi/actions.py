"""The way into the ledger for what Leer itself records."""

from collections.abc import Sequence
from functools import cache
from uuid import UUID

import msgspec
from django.conf import settings

from leer.xapi.statements.checking import check
from leer.xapi.statements.own import Statement, encode
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


@cache
def ourselves() -> Writer:
    """Leer, as the authority of what it records."""
    account = {"homePage": settings.XAPI_IRI_BASE, "name": "leer"}
    # Nobody else describes Leer's own activities, and each statement says what its own is.
    return Writer(authority=msgspec.json.encode({"account": account}), trusted=True, defines=False)
