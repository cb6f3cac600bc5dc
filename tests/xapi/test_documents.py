"""State and profiles, and the other resources."""

import hashlib
import json

import pytest

from tests.xapi.rest_client import ACTIVITY, PERSON, Lrs

pytestmark = pytest.mark.django_db
AGENT = json.dumps(PERSON)
STATE = ("activities/state", {"activityId": ACTIVITY, "agent": AGENT, "stateId": "s"})
OF_ACTIVITY = ("activities/profile", {"activityId": ACTIVITY, "profileId": "p"})
OF_AGENT = ("agents/profile", {"agent": AGENT, "profileId": "p"})
ALL = pytest.mark.parametrize(
    ("path", "query"), [STATE, OF_ACTIVITY, OF_AGENT], ids=["state", "activity", "agent"]
)
NEW = {"if_none_match": "*"}


@pytest.fixture
def lrs() -> Lrs:
    return Lrs(version="2.0.0")


@ALL
def test_a_document_comes_back_as_it_was_put(lrs: Lrs, path: str, query: dict[str, str]) -> None:
    content = b"\x00\xff anything"
    kept = lrs.send("PUT", path, query, content, content_type="image/x", **NEW)
    assert kept.status == 204
    back = lrs.send("GET", path, query)
    assert (back.body, back.content_type) == (content, "image/x")
    headers = dict(back.headers)
    assert headers["ETag"] == f'"{hashlib.sha1(content).hexdigest()}"'
    assert "Last-Modified" in headers
    assert lrs.send("HEAD", path, query).body == b""


@ALL
def test_post_merges_json_objects_and_nothing_else(
    lrs: Lrs, path: str, query: dict[str, str]
) -> None:
    lrs.send("POST", path, query, {"a": {"x": 1}, "b": 2})
    assert lrs.send("POST", path, query, {"a": 3, "c": 4}).status == 204
    assert json.loads(lrs.send("GET", path, query).body) == {"a": 3, "b": 2, "c": 4}
    assert lrs.send("POST", path, query, b"x", content_type="text/plain").status == 400


@ALL
def test_who_does_not_know_the_document_does_not_replace_it(
    lrs: Lrs, path: str, query: dict[str, str]
) -> None:
    lrs.send("PUT", path, query, {"n": 1}, **NEW)
    etag = dict(lrs.send("GET", path, query).headers)["ETag"]
    assert lrs.send("PUT", path, query, {"n": 2}).status == 409
    assert lrs.send("PUT", path, query, {"n": 2}, **NEW).status == 412
    assert lrs.send("PUT", path, query, {"n": 2}, if_match='"0"').status == 412
    assert lrs.send("DELETE", path, query, if_match='"0"').status == 412
    assert lrs.send("PUT", path, query, {"n": 2}, if_match=etag).status == 204
    assert lrs.send("DELETE", path, query).status == 204
    assert lrs.send("GET", path, query).status == 404


def test_state_asks_for_no_conditions_in_one() -> None:
    lrs = Lrs()
    for number in range(2):
        assert lrs.send("PUT", *STATE, {"n": number}).status == 204


def test_all_state_of_a_context_goes_at_once(lrs: Lrs) -> None:
    path, query = STATE
    for name in ("a", "b"):
        lrs.send("PUT", path, query | {"stateId": name}, {"n": 1})
    context = {name: value for name, value in query.items() if name != "stateId"}
    assert json.loads(lrs.send("GET", path, context).body) == ["a", "b"]
    assert lrs.send("DELETE", path, context).status == 204
    assert json.loads(lrs.send("GET", path, context).body) == []


def test_a_document_is_never_run_as_a_page(lrs: Lrs) -> None:
    page = b"<script>alert(1)</script>"
    lrs.send("PUT", *STATE, page, content_type="text/html", **NEW)
    headers = dict(lrs.send("GET", *STATE).headers)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


def test_a_person_has_what_was_asked_and_no_more(lrs: Lrs) -> None:
    person = json.loads(lrs.send("GET", "agents", {"agent": AGENT}).body)
    assert person == {"objectType": "Person", "account": [PERSON["account"]]}


def test_an_activity_has_what_was_said_of_it(lrs: Lrs) -> None:
    for name in ({"nl": "Kade"}, {"en": "Quay"}):
        verb = {"id": "http://example.org/v"}
        about = {"id": ACTIVITY, "definition": {"name": name}}
        assert lrs.post({"actor": PERSON, "verb": verb, "object": about}).status == 200
    known = json.loads(lrs.send("GET", "activities", {"activityId": ACTIVITY}).body)
    assert known["definition"]["name"] == {"nl": "Kade", "en": "Quay"}


def test_about_is_open_and_says_which_versions_are_spoken(lrs: Lrs) -> None:
    answer = lrs.send("GET", "about", authorization="", x_experience_api_version="")
    assert json.loads(answer.body)["version"] == ["1.0.3", "2.0.0"]


def test_the_alternate_syntax_is_of_one_only() -> None:
    form = (
        b"statementId="
        + b"1" * 8
        + b"-1111-4111-8111-111111111111&content="
        + (
            b'{"actor":{"mbox":"mailto:a@b.nl"},"verb":{"id":"http://x.nl/v"},'
            b'"object":{"id":"http://x.nl/a"}}'
        )
    )
    query, kind = {"method": "PUT"}, {"content_type": "application/x-www-form-urlencoded"}
    assert Lrs().send("POST", query=query, body=form, **kind).status == 204
    assert Lrs(version="2.0.0").send("POST", query=query, body=form, **kind).status == 400
