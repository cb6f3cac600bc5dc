"""What is refused, and with which code: xAPI 1.0.3, Communication 3.2; IEEE 9274.1.1 (2.0), 4.1.5
and 4.2.4.1.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError

from leer.core.front.door import Door
from leer.xapi.models import StatementRecord
from leer.xapi.rest import mount, statements
from leer.xapi.rest.http import Response
from leer.xapi.scopes import Scope
from tests.xapi.requirements.documents import ALL, PERSON_TEXT, STATE
from tests.xapi.requirements.kit import VOIDED, assert_statuses, ids
from tests.xapi.rest_client import ACTIVITY, Lrs, dumped, pointing, statement

# 3.2 names these, but for 405 and 503, which are HTTP's own.
CODES = {400, 401, 403, 404, 405, 409, 412, 413, 429, 500, 503}
ID = "11111111-1111-4111-8111-111111111111"
MOMENT = "2026-11-25T10:00:00Z"
PARAMETERS = [
    ("GET", "statements", {"statementId": ID}),
    ("GET", "statements", {"voidedStatementId": ID}),
    ("GET", "statements", {"agent": PERSON_TEXT}),
    ("GET", "statements", {"verb": "http://example.org/v"}),
    ("GET", "statements", {"activity": ACTIVITY}),
    ("GET", "statements", {"registration": ID}),
    ("GET", "statements", {"related_activities": "true"}),
    ("GET", "statements", {"related_agents": "true"}),
    ("GET", "statements", {"since": MOMENT}),
    ("GET", "statements", {"until": MOMENT}),
    ("GET", "statements", {"limit": "1"}),
    ("GET", "statements", {"format": "ids"}),
    ("GET", "statements", {"attachments": "true"}),
    ("GET", "statements", {"ascending": "true"}),
    ("PUT", "statements", {"statementId": ID}),
    ("GET", "agents", {"agent": PERSON_TEXT}),
    ("GET", "activities", {"activityId": ACTIVITY}),
    *(
        (method, kind.path, dict(kind.query))
        for kind in ALL
        for method in ("GET", "POST", "DELETE")
    ),
]
EACH = pytest.mark.parametrize(
    ("method", "path", "query"), PARAMETERS, ids=lambda one: one if isinstance(one, str) else None
)


def _tried(lrs: Lrs, method: str, path: str, query: dict[str, str]) -> int:
    body = statement() if path == "statements" else {}
    return lrs.send(method, path, query, None if method == "GET" else body).status


@pytest.fixture
def lrs(lrs: Lrs) -> Lrs:
    """With something where the tests look."""
    lrs.stored(statement(id=ID))
    for kind in ALL:
        kind.keep(lrs, {})
    return lrs


def _is_done(status: int, query: dict[str, str]) -> bool:
    """Nothing was voided, so that nothing is found by that."""
    return status in {200, 204} or (status == 404 and "voidedStatementId" in query)


def test_xapi_00323_codes_are_those_of_the_specification(lrs: Lrs) -> None:
    reader = Lrs(Scope.STATEMENTS_READ, version=lrs.version)
    answers = [
        lrs.post({}),
        lrs.post(statement(id=ID, object={"id": "http://example.org/another"})),
        lrs.send("PUT", query={"statementId": "1"}, body=statement()),
        lrs.send("GET", query={"statementId": str(uuid4())}),
        lrs.send("GET", authorization=""),
        lrs.send("GET", "nowhere"),
        lrs.send("PATCH"),
        lrs.send("POST", body=b"\x00", content_type="image/png"),
        reader.post(statement()),
        STATE.send(lrs, "PUT", {}, headers={"if_match": '"0"'}),
    ]
    said = [answer.status for answer in answers]
    assert said == [400, 409, 400, 404, 401, 404, 405, 400, 403, 412]
    assert set(said) <= CODES
    for answer in answers:
        assert json.loads(answer.body)["detail"]


@EACH
def test_xapi_00324_an_unknown_parameter_is_refused(
    lrs: Lrs, method: str, path: str, query: dict[str, str]
) -> None:
    assert _tried(lrs, method, path, query | {"shoe": "left"}) == 400
    assert _is_done(_tried(lrs, method, path, query), query)


@EACH
def test_xapi_00325_the_case_of_a_parameter_matters(
    lrs: Lrs, method: str, path: str, query: dict[str, str]
) -> None:
    for name in query:
        for other in (name.upper(), name.capitalize()):
            wrong = {other if one == name else one: value for one, value in query.items()}
            assert _tried(lrs, method, path, wrong) == 400
    assert _is_done(_tried(lrs, method, path, query), query)


def test_xapi_00326_of_a_batch_all_are_stored_or_none(lrs: Lrs) -> None:
    good, also_good = statement(id=str(uuid4())), statement(id=str(uuid4()))
    conflict = statement(id=ID, object={"id": "http://example.org/another"})
    for bad in (statement(actor={}), statement(shoe="left"), {}, "text", None):
        assert_statuses([lrs.post(good, bad), lrs.post(bad, good)], 400)
    assert_statuses([lrs.post(good, conflict)], 409)
    assert ids(lrs.found()) == [ID]
    assert_statuses([lrs.post(good, also_good)], 200)
    assert len(lrs.found()) == 3


def test_xapi_00327_a_credential_that_may_not_is_refused(lrs: Lrs) -> None:
    version = lrs.version
    reader = Lrs(Scope.STATEMENTS_READ, version=version)
    writer = Lrs(Scope.STATEMENTS_WRITE, version=version)
    assert_statuses([reader.post(statement()), writer.send("GET")], 403)
    assert_statuses([writer.post(pointing(ID, VOIDED))], 403)
    assert_statuses([STATE.send(writer, "GET"), STATE.send(reader, "DELETE")], 403)
    assert_statuses([writer.post(statement()), reader.send("GET")], 200)


# Too large: asked at the door of the process ---------------------------------------------------
class Ajar(mount.Mount):
    """The mount with its limit, and nothing behind it."""

    def goes_together(self, scope: Any, size: int) -> bool:
        return False

    def answer(self, scope: Any, body: bytes) -> Response:
        return Response(200, str(len(body)).encode())


class Announcement:
    """What is known of a request before its body comes."""

    method, scheme, query_string, path = "POST", "https", "", "/xapi/statements"

    def __init__(self, headers: dict[str, str]) -> None:
        self.headers = headers


class Protocol:
    """A body as it comes in, and what is answered."""

    def __init__(self, body: bytes) -> None:
        self.body, self.status = body, 0
        self.headers: list[tuple[str, str]] = []

    async def __call__(self) -> bytes:
        return self.body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for start in range(0, len(self.body), 500):
            yield self.body[start : start + 500]

    def response_bytes(self, status: int, headers: Any, body: bytes) -> None:
        self.status, self.headers = status, headers

    def response_str(self, status: int, headers: Any, body: str) -> None:
        self.status, self.headers = status, headers


def _at_the_door(body: bytes, **headers: str) -> Protocol:
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    protocol, door = Protocol(body), Door(lambda *_: [], [Ajar()])
    asyncio.run(door.__rsgi__(Announcement(said), protocol))
    return protocol


@pytest.mark.parametrize("announced", [True, False])
def test_xapi_00328_what_is_too_large_is_refused(settings: Any, announced: bool) -> None:
    settings.XAPI_LARGEST_BODY = 2000
    large, small = dumped(statement(result={"response": "x" * 2000})), dumped(statement())
    for body, status in ((large, 413), (small, 200)):
        headers = {"content_length": str(len(body))} if announced else {}
        assert _at_the_door(body, **headers).status == status


def test_xapi_00333_what_is_too_large_is_answered_in_its_version(
    version: str, settings: Any
) -> None:
    settings.XAPI_LARGEST_BODY = 2
    refused = _at_the_door(b"[ ]", content_length="3", x_experience_api_version=version)
    assert (refused.status, dict(refused.headers)["X-Experience-API-Version"]) == (413, version)


# Our own fault --------------------------------------------------------------------------------
@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_xapi_00329_our_own_fault_is_an_answer_too(
    lrs: Lrs, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int
) -> None:
    before = StatementRecord.objects.count()

    def fail(units: Any) -> None:
        raise error("secret")

    with monkeypatch.context() as patch:
        patch.setattr(statements, "write", fail)
        answer = lrs.post(statement())
    assert answer.status == status
    assert b"secret" not in answer.body
    assert StatementRecord.objects.count() == before
    assert_statuses([lrs.post(statement())], 200)
