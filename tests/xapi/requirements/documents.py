"""State and profiles, as the tests of the requirements ask for them.

The three resources have most of their rules in common, and each rule has a number in each of
them: so a rule is a method here, and a test says for which resource and method it is.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from leer.xapi.rest.http import Response
from tests.xapi.requirements.kit import assert_statuses, header, read, through_django
from tests.xapi.rest_client import ACTIVITY, PERSON, Lrs

PERSON_TEXT = json.dumps(PERSON)
REGISTRATIONS = (
    "11111111-1111-4111-8111-111111111111",
    "22222222-2222-4222-8222-222222222222",
)
NEW_ONE = {"if_none_match": "*"}
TEXT = {"content_type": "text/plain"}
NOT_JSON = ["", "text", "mailto:a@example.org", "{", PERSON_TEXT[:-1], PERSON_TEXT + "}"]
NOT_AGENTS = [*NOT_JSON, "1", "[]", "null", "{}", '{"name":"x"}', '{"mbox":"x"}', '{"shoe":1}']
NOT_MOMENTS = ["", "text", "1", "2026-13-01T00:00:00Z", "2026-11-25T10:00:00-00:00"]
NOT_UUIDS = ["", "text", "1", "11111111-1111-4111-8111-11111111111", "{}"]
DONE = {"GET": 200, "PUT": 204, "POST": 204, "DELETE": 204}


@dataclass(frozen=True)
class Documents:
    """A resource with documents: where it is, and what names one document in it."""

    path: str
    name: str
    query: Mapping[str, str]

    # Asking -----------------------------------------------------------------------------------
    def send(
        self,
        lrs: Lrs,
        method: str,
        body: Any = None,
        *,
        headers: Any = None,
        without: str = "",
        **also: str,
    ) -> Response:
        """A request for a document, with these parameters besides or instead."""
        query = {**self.query, **also}
        query.pop(without, None)
        return lrs.send(method, self.path, query, body, **(headers or {}))

    def tried(self, lrs: Lrs, method: str, *, without: str = "", **also: str) -> Response:
        """A request with what belongs to its method; a PUT writes a new document."""
        body = {"n": 2} if method in {"PUT", "POST"} else None
        headers = NEW_ONE if method == "PUT" else {}
        return self.send(lrs, method, body, headers=headers, without=without, **also)

    def keep(self, lrs: Lrs, body: Any, *, headers: Any = None, **also: str) -> None:
        """There was none, and now there is this one."""
        answer = self.send(lrs, "PUT", body, headers=NEW_ONE | dict(headers or {}), **also)
        assert answer.status == 204, answer.body

    def content(self, lrs: Lrs, **also: str) -> bytes | None:
        """What is in a document, if it is there."""
        answer = self.send(lrs, "GET", **also)
        assert answer.status in {200, 404}, answer.body
        return answer.body if answer.status == 200 else None

    def value(self, lrs: Lrs, **also: str) -> Any:
        """The same, of a document that is JSON."""
        return json.loads(self.content(lrs, **also) or b"null")

    def etag(self, lrs: Lrs) -> str:
        """Which version of the document it is."""
        return header(self.send(lrs, "GET"), "ETag") or ""

    def names(self, lrs: Lrs, **also: str) -> list[str]:
        """Which documents there are."""
        return list(read(self.send(lrs, "GET", without=self.name, **also)))

    # Rules ------------------------------------------------------------------------------------
    def needs(self, lrs: Lrs, method: str, parameter: str) -> None:
        """A request without this parameter is refused."""
        self._prepare(lrs, method)
        assert_statuses([self.tried(lrs, method, without=parameter)], 400)
        assert_statuses([self.tried(lrs, method)], DONE[method])

    def refuses(
        self, lrs: Lrs, method: str, parameter: str, bad: Iterable[str], *, good: str = ""
    ) -> None:
        """A request with such values is refused, one with a good value is not."""
        given = {parameter: good} if good else {}
        self._prepare(lrs, method, **given)
        assert_statuses([self.tried(lrs, method, **{parameter: value}) for value in bad], 400)
        assert_statuses([self.tried(lrs, method, **given)], DONE[method])

    def _prepare(self, lrs: Lrs, method: str, **also: str) -> None:
        if method != "PUT":
            self.keep(lrs, {"n": 1}, **also)

    def names_are_text(self, lrs: Lrs, method: str) -> None:
        """A parameter is text whatever it looks like: ``1`` is the name of a document. What is no
        string cannot be sent, but for two values at once.
        """
        names = ["1", "true", "null", '{"key": "value"}', "ë"]
        for name in names:
            self._prepare(lrs, method, **{self.name: name})
        for name in names:
            assert_statuses([self.tried(lrs, method, **{self.name: name})], DONE[method])
        assert set(self.names(lrs)) == (set() if method == "DELETE" else set(names))
        twice = urlencode([*self.query.items(), (self.name, "another")])
        assert through_django(lrs, self.path, twice, method).status_code == 400

    def takes(self, lrs: Lrs, method: str) -> None:
        """The method is there, and does what it should; another one is not."""
        self._prepare(lrs, method)
        assert_statuses([self.send(lrs, "PATCH")], 405)
        answer = self.tried(lrs, method)
        assert_statuses([answer], DONE[method])
        after = {"GET": {"n": 1}, "PUT": {"n": 2}, "POST": {"n": 2}, "DELETE": None}
        assert self.value(lrs) == after[method]
        assert bool(answer.body) == (method == "GET")

    def is_there(self, lrs: Lrs) -> None:
        """At this address; a little beside it there is nothing."""
        self.keep(lrs, {"n": 1})
        assert self.value(lrs) == {"n": 1}
        for beside in (self.path + "s", self.path + "/", self.path.upper()):
            assert lrs.send("GET", beside, self.query).status == 404

    def gives_one(self, lrs: Lrs) -> None:
        """The document that was asked for, as it was put."""
        for content, kind in (
            (b"\x00\xff", "application/octet-stream"),
            (b'{ "n":1}', "application/json"),
        ):
            self.keep(lrs, content, headers={"content_type": kind}, **{self.name: kind})
            answer = self.send(lrs, "GET", **{self.name: kind})
            assert (answer.status, answer.body, answer.content_type) == (200, content, kind)
        assert_statuses([self.send(lrs, "GET", **{self.name: "another"})], 404)

    def gives_names(self, lrs: Lrs) -> None:
        """Without a name, the names of all."""
        assert self.names(lrs) == []
        for name in ("a", "b", "c"):
            self.keep(lrs, {"n": 1}, **{self.name: name})
        assert sorted(self.names(lrs)) == ["a", "b", "c"]

    def gives_names_since(self, lrs: Lrs) -> None:
        """Of what was stored after that moment only."""
        begun = _now()
        self.keep(lrs, {"n": 1}, **{self.name: "before"})
        moment = _now()
        self.keep(lrs, {"n": 1}, **{self.name: "after"})
        assert sorted(self.names(lrs, since=begun)) == ["after", "before"]
        assert self.names(lrs, since=moment) == ["after"]
        assert self.names(lrs, since=_now()) == []

    def removes_one(self, lrs: Lrs) -> None:
        """And leaves the others."""
        for name in ("a", "b"):
            self.keep(lrs, {"n": 1}, **{self.name: name})
        assert_statuses([self.send(lrs, "DELETE", **{self.name: "a"})], 204)
        assert self.content(lrs, **{self.name: "a"}) is None
        assert self.names(lrs) == ["b"]

    def stores_a_new_one_by_post(self, lrs: Lrs) -> None:
        """Of any type, since there is nothing to merge with."""
        for content, kind in ((b"text", "text/plain"), (b'{"n":1}', "application/json")):
            named = {self.name: kind}
            answer = self.send(lrs, "POST", content, headers={"content_type": kind}, **named)
            assert_statuses([answer], 204)
            assert self.content(lrs, **named) == content

    def merges(self, lrs: Lrs) -> None:
        """The properties that come over those that are there."""
        self.keep(lrs, {"a": {"x": 1}, "b": 2})
        assert_statuses([self.send(lrs, "POST", {"a": {"y": 3}, "c": 4})], 204)
        assert self.value(lrs) == {"a": {"y": 3}, "b": 2, "c": 4}

    def merges_json_only(self, lrs: Lrs) -> None:
        """When one of the two is of another type, nothing happens."""
        content = b'{"n":1}'
        for old, new in ((TEXT, {}), ({}, TEXT), (TEXT, TEXT)):
            named = {self.name: f"{old} {new}"}
            self.keep(lrs, content, headers=old, **named)
            assert_statuses([self.send(lrs, "POST", {"n": 2}, headers=new, **named)], 400)
            assert self.content(lrs, **named) == content
        self.merges(lrs)

    def merges_objects_only(self, lrs: Lrs) -> None:
        """JSON that is no object has no properties."""
        an_object = b'{"n": 1}'
        for number, other in enumerate((b"[1]", b'"text"', b"1", b"null")):
            for old, new in ((an_object, other), (other, an_object)):
                named = {self.name: f"{number} {old!r}"}
                self.keep(lrs, old, **named)
                assert_statuses([self.send(lrs, "POST", new, **named)], 400)
                assert self.content(lrs, **named) == old
        self.merges(lrs)

    def refuses_spoiled_json(self, lrs: Lrs) -> None:
        """A document that says that it is JSON is JSON."""
        for bad in (b"", b"text", b'{"n":', b"{'n':1}", b'{"n":1}}', b'{"n":1,"n":2}', b"\xff"):
            assert_statuses([self.send(lrs, "POST", bad)], 400)
            assert self.content(lrs) is None
        self.merges(lrs)


def _now() -> str:
    return datetime.now(UTC).isoformat()


STATE = Documents(
    "activities/state",
    "stateId",
    {"activityId": ACTIVITY, "agent": PERSON_TEXT, "stateId": "s"},
)
ACTIVITY_PROFILE = Documents(
    "activities/profile", "profileId", {"activityId": ACTIVITY, "profileId": "p"}
)
AGENT_PROFILE = Documents("agents/profile", "profileId", {"agent": PERSON_TEXT, "profileId": "p"})
ALL = (STATE, ACTIVITY_PROFILE, AGENT_PROFILE)
