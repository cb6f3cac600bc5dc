"""Statements to forward: written as they come in from outside."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.db.models import Max

from leer.xapi.forwarding import targets
from leer.xapi.forwarding.delivering import Outcome, deliver
from leer.xapi.models import ForwardTarget, StatementRecord
from leer.xapi.statements.checking import check
from leer.xapi.statements.vocabulary import VOIDED
from leer.xapi.store.writing import Unit, Writer, write
from leer.xapi.transfer.reading import horizon
from tests.support.processes import wait_until
from tests.xapi.forwarding.lrs import KEY, SECRET, Lrs

WRITER = Writer(authority=b'{"account":{"homePage":"https://lrs.example","name":"test"}}')
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
READ = "http://activitystrea.ms/read"


def statement(
    *, verb: str = COMPLETED, activity: str = "https://x.example/a/1", **more: Any
) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "actor": {"account": {"homePage": "https://x.example", "name": "p"}},
        "verb": {"id": verb},
        "object": {"id": activity},
    } | more


def pointing(target: str, *, verb: str = VOIDED) -> dict[str, Any]:
    return statement(verb=verb, object={"objectType": "StatementRef", "id": target})


def with_file(content: bytes, **more: Any) -> dict[str, Any]:
    attachment = {
        "usageType": "https://x.example/usage",
        "display": {"nl": "een bijlage"},
        "contentType": "text/plain",
        "length": len(content),
        "sha2": hashlib.sha256(content).hexdigest(),
    }
    return statement(attachments=[attachment | more])


def store(
    *statements: dict[str, Any], private: bool = False, files: Mapping[str, bytes] | None = None
) -> list[str]:
    """In one transaction; gives the ids."""
    facts = [check(json.dumps(one).encode(), version="2.0.0") for one in statements]
    secret = {fact.id for fact in facts} if private else set()
    write([Unit(WRITER, facts, secret, files or {})])
    return [str(fact.id) for fact in facts]


def store_many(count: int) -> list[str]:
    return store(*(statement() for _ in range(count)))


def target_at(lrs: Lrs, **more: Any) -> ForwardTarget:
    given: dict[str, Any] = {"name": "data", "endpoint": lrs.url, "key": KEY, "secret": SECRET}
    return targets.add(**(given | more))


def be_readable() -> None:
    """Wait until what is stored now is before the horizon."""
    last = StatementRecord.objects.aggregate(last=Max("position"))["last"] or 0
    wait_until(lambda: horizon() > last)


def forward(target: ForwardTarget, **more: Any) -> Outcome:
    be_readable()
    outcome = deliver(target.pk, **more)
    target.refresh_from_db()
    return outcome
