"""Which version is spoken: xAPI 1.0.3, Communication 2.8 and 3.3; IEEE 9274.1.1 (2.0), 4.1.7."""

from uuid import uuid4

import pytest

from leer.xapi import credentials
from leer.xapi.rest.handling import handle
from leer.xapi.rest.http import Request, Response
from tests.xapi.requirements.documents import ALL, PERSON_TEXT
from tests.xapi.requirements.kit import (
    NEW,
    OLD,
    assert_statuses,
    assert_taken,
    header,
    read,
    through_django,
)
from tests.xapi.rest_client import ACTIVITY, Lrs, dumped, statement

HEADER = "X-Experience-API-Version"
PATHS = {
    "statements": {},
    "agents": {"agent": PERSON_TEXT},
    "activities": {"activityId": ACTIVITY},
    **{kind.path: dict(kind.query) for kind in ALL},
}
GOOD = {OLD: ["1.0", "1.0.0", "1.0.1", "1.0.3", "1.0.9"], NEW: ["2.0", "2.0.0", "2.0.1"]}
BAD = ["", "0.9", "0.95", "1", "1.0.x", "1.1.0", "10.0", "2.1.0", "3.0.0", "x"]


def _without(lrs: Lrs, method: str = "GET", path: str = "statements", **query: str) -> Response:
    """A request that does not say its version."""
    headers = {"authorization": lrs.authorization, "content-type": "application/json"}
    return handle(Request(method, path, query, headers, dumped(statement())))


@pytest.mark.parametrize("path", PATHS)
def test_xapi_00321_every_resource_but_about_asks_for_the_header(lrs: Lrs, path: str) -> None:
    for kind in ALL:
        kind.keep(lrs, {})
    assert_statuses([_without(lrs, "GET", path, **PATHS[path])], 400)
    assert_statuses([lrs.send("GET", path, PATHS[path])], 200)
    assert read(_without(lrs, "GET", "about"))["version"]


@pytest.mark.parametrize("said", ["1.0", "1.0.0"])
def test_xapi_00330_a_statement_of_an_early_version_is_not_changed(lrs: Lrs, said: str) -> None:
    assert_taken(lrs, statement(version=said))
    answer = lrs.send("POST", body=statement(version=said), x_experience_api_version="1.0.0")
    kept = lrs.one(statementId=read(answer)[0])
    assert kept | statement(version=said) == kept


def test_xapi_00331_the_header_names_a_version_that_is_spoken(lrs: Lrs) -> None:
    def answers(said: str) -> list[Response]:
        query = {"statementId": str(uuid4())}
        return [
            lrs.send("GET", x_experience_api_version=said),
            lrs.send("POST", body=statement(), x_experience_api_version=said),
            lrs.send("PUT", query=query, body=statement(), x_experience_api_version=said),
        ]

    for bad in BAD:
        assert_statuses(answers(bad), 400)
    assert_statuses([_without(lrs, "GET"), _without(lrs, "POST")], 400)
    assert_statuses([_without(lrs, "PUT", statementId=str(uuid4()))], 400)
    assert lrs.found() == []
    for good in GOOD[lrs.version]:
        assert [answer.status for answer in answers(good)] == [200, 200, 204]


def test_xapi_00333_every_answer_names_the_version(lrs: Lrs) -> None:
    good = [lrs.send("GET"), lrs.post(statement()), lrs.send("GET", "about")]
    bad = [lrs.post({}), lrs.send("GET", "nowhere"), lrs.send("GET", authorization="")]
    bad += [lrs.send("GET", query={"limit": "x"}), lrs.send("DELETE")]
    assert_statuses(good, 200)
    for answer in good + bad:
        assert header(answer, HEADER) == lrs.version


def test_xapi_00333_whatever_patch_was_asked_it_is_the_latest(lrs: Lrs) -> None:
    for said in GOOD[lrs.version]:
        answer = lrs.send("GET", x_experience_api_version=said)
        assert (answer.status, header(answer, HEADER)) == (200, lrs.version)


def test_xapi_00333_who_names_none_is_answered_in_the_version_of_its_credential(lrs: Lrs) -> None:
    lrs.credential.version = lrs.version
    lrs.credential.save()
    credentials.MEMORY.forget()
    answer = _without(lrs)
    assert (answer.status, header(answer, HEADER)) == (400, lrs.version)


def test_xapi_00333_an_answer_to_a_query_that_cannot_be_read_too(lrs: Lrs) -> None:
    good, bad = (through_django(lrs, "statements", one) for one in ("limit=1", "limit=1&limit=2"))
    assert (good.status_code, good.headers.get(HEADER)) == (200, lrs.version)
    assert (bad.status_code, bad.headers.get(HEADER)) == (400, lrs.version)
