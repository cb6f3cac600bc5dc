"""A request in the form of another: xAPI 1.0.3, Communication 1.3. 2.0 has it no more."""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from leer.xapi.rest.http import Response
from tests.xapi.requirements.documents import AGENT_PROFILE
from tests.xapi.requirements.kit import ONLY_NEW, ONLY_OLD, assert_statuses, ids, read
from tests.xapi.rest_client import Lrs, dumped, statement

FORM = "application/x-www-form-urlencoded"
VERB = "http://example.org/verbs/walked"


def _meant(
    lrs: Lrs, method: str, path: str = "statements", *, headers: Any = None, **form: str
) -> Response:
    """A POST that means this method; the rest is in the form."""
    body = urlencode(form).encode()
    said = {"content_type": FORM} | (headers or {})
    return lrs.send("POST", path, {"method": method}, body, **said)


@ONLY_OLD
def test_xapi_00148_a_post_may_mean_get(lrs: Lrs) -> None:
    [walked, _] = lrs.stored(statement(verb={"id": VERB}), statement())
    result = read(_meant(lrs, "GET", verb=VERB, limit="5"))
    assert ids(result["statements"]) == [walked]
    assert result["more"] == ""
    assert read(_meant(lrs, "GET", statementId=walked))["id"] == walked
    assert_statuses([_meant(lrs, "GET", verb="walked")], 400)


@ONLY_NEW
def test_xapi_00148_in_two_it_may_not(lrs: Lrs) -> None:
    assert_statuses([_meant(lrs, "GET", verb=VERB)], 400)
    assert_statuses([lrs.send("GET", query={"verb": VERB})], 200)


def _put(lrs: Lrs, id_: str, **also: Any) -> Response:
    return _meant(lrs, "PUT", statementId=id_, content=dumped(statement()).decode(), **also)


@ONLY_OLD
def test_xapi_00336_a_post_may_mean_put(lrs: Lrs) -> None:
    assert_statuses([_put(lrs, id_ := str(uuid4()))], 204)
    assert lrs.one(statementId=id_)["id"] == id_


@ONLY_OLD
@pytest.mark.parametrize("method", ["PUT", "GET", "DELETE"])
def test_xapi_00336_only_a_post_may_mean_something_else(lrs: Lrs, method: str) -> None:
    form = urlencode({"statementId": str(uuid4()), "content": json.dumps(statement())}).encode()
    answer = lrs.send(method, "statements", {"method": "PUT"}, form, content_type=FORM)
    assert answer.status in {400, 405}
    assert lrs.found() == []


@ONLY_OLD
def test_xapi_00336_headers_are_in_the_form(lrs: Lrs) -> None:
    AGENT_PROFILE.keep(lrs, {"n": 1})
    etag = AGENT_PROFILE.etag(lrs)
    form = {
        "Authorization": lrs.authorization,
        "X-Experience-API-Version": "1.0.3",
        "Content-Type": "application/json",
        "Content-Length": "7",
        "content": '{"n":2}',
        **AGENT_PROFILE.query,
    }
    bare = {"authorization": "", "x_experience_api_version": ""}
    path = AGENT_PROFILE.path
    assert_statuses([_meant(lrs, "PUT", path, headers=bare, **form)], 409)
    wrong, right = {"If-Match": '"0"'}, {"If-Match": etag}
    assert_statuses([_meant(lrs, "PUT", path, headers=bare, **form, **wrong)], 412)
    assert_statuses([_meant(lrs, "PUT", path, headers=bare, **form, **right)], 204)
    assert_statuses([_meant(lrs, "PUT", path, headers=bare, **form, **{"If-None-Match": "*"})], 412)
    assert AGENT_PROFILE.value(lrs) == {"n": 2}
    without = form | {"Authorization": ""}
    assert_statuses([_meant(lrs, "PUT", path, headers=bare, **without, **right)], 401)


@ONLY_OLD
def test_xapi_00336_beside_the_method_nothing_is_in_the_query(lrs: Lrs) -> None:
    id_ = str(uuid4())
    complete = {"statementId": id_, "content": json.dumps(statement())}
    form = urlencode(complete).encode()
    for beside in ({"statementId": id_}, {"limit": "1"}, {"shoe": "left"}):
        query = {"method": "PUT", **beside}
        answer = lrs.send("POST", "statements", query, form, content_type=FORM)
        assert_statuses([answer], 400)
    assert_statuses([_put(lrs, id_)], 204)


@ONLY_OLD
def test_xapi_00336_the_content_is_there_and_urlencoded(lrs: Lrs) -> None:
    id_ = str(uuid4())
    assert_statuses([_meant(lrs, "PUT", statementId=id_)], 400)
    raw = f"statementId={id_}&content=".encode() + dumped(
        statement(verb={"id": "http://x.nl/?a&b"})
    )
    query = {"method": "PUT"}
    assert_statuses([lrs.send("POST", "statements", query, raw, content_type=FORM)], 400)
    assert_statuses([_put(lrs, id_, shoe="left"), _meant(lrs, "FETCH", statementId=id_)], 400)
    assert_statuses([_put(lrs, id_, headers={"content_type": "application/json"})], 400)
    assert lrs.one(statementId=id_) is None
    assert_statuses([_put(lrs, id_)], 204)


@ONLY_NEW
def test_xapi_00336_two_has_it_no_more(lrs: Lrs) -> None:
    """The requirement is of 1.0.3; the suite for 2.0 asks for the refusal."""
    id_ = str(uuid4())
    assert_statuses([_put(lrs, id_)], 400)
    assert lrs.found() == []
    assert_statuses([lrs.send("PUT", query={"statementId": id_}, body=statement())], 204)
