"""What the tests of the requirements share: one statement that has everything, values that a
kind of property takes or refuses, and verdicts on them.

A verdict is always double: ``judge`` asks that the good values are taken and come back as they
were sent, and that the bad ones are refused; in a Statement and in a SubStatement.
"""

import copy
import hashlib
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from leer.xapi.rest import mount
from leer.xapi.rest.http import Response
from tests.xapi.rest_client import ACTIVITY, PERSON, Lrs, statement

ONLY_OLD = pytest.mark.parametrize("version", ["1.0.3"])
ONLY_NEW = pytest.mark.parametrize("version", ["2.0.0"])
OLD, NEW = "1.0.3", "2.0.0"

ABSENT: Any = object()  # as a value: take the property away
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
SOMEBODY = {"mbox": "mailto:somebody@example.org"}
ANOTHER = {"mbox": "mailto:another@example.org"}
COMPONENTS = [{"id": "a", "description": {"en": "First"}}, {"id": "b"}]
FULL: dict[str, Any] = statement(
    id="00000000-0000-4000-8000-000000000000",
    actor={"objectType": "Agent", "name": "Somebody", **PERSON},
    object={
        "objectType": "Activity",
        "id": ACTIVITY,
        "definition": {
            "name": {"en": "Quay", "nl": "Kade"},
            "description": {"en": "A walk along the quay"},
            "type": "http://example.org/types/walk",
            "moreInfo": "https://example.org/more",
            "interactionType": "choice",
            "correctResponsesPattern": ["a"],
            "choices": COMPONENTS,
            "scale": COMPONENTS,
            "source": COMPONENTS,
            "target": COMPONENTS,
            "steps": COMPONENTS,
            "extensions": {"urn:example:e": 1},
        },
    },
    result={
        "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
        "success": True,
        "completion": True,
        "response": "a",
        "duration": "PT1H30M",
        "extensions": {"urn:example:e": 1},
    },
    context={
        "registration": "11111111-1111-4111-8111-111111111111",
        "instructor": SOMEBODY,
        "team": {"objectType": "Group", "member": [SOMEBODY]},
        "contextActivities": {
            name: [{"id": f"http://example.org/{name}"}]
            for name in ("parent", "grouping", "category", "other")
        },
        "revision": "1",
        "platform": "a phone",
        "language": "en-GB",
        "statement": {"objectType": "StatementRef", "id": "22222222-2222-4222-8222-222222222222"},
        "extensions": {"urn:example:e": 1},
    },
    timestamp="2026-11-25T10:00:00.123Z",
    attachments=[
        {
            "usageType": "http://example.org/photo",
            "display": {"en": "Photo"},
            "description": {"en": "A photo of the quay"},
            "contentType": "image/png",
            "length": 4,
            "sha2": hashlib.sha256(b"quay").hexdigest(),
            "fileUrl": "https://example.org/quay.png",
        }
    ],
)
NOT_IN_A_SUBSTATEMENT = {"id", "stored", "authority", "version"}

# What properties of a kind take, and what they refuse ------------------------------------------
STRINGS = ["text", "", "ë €"]
NOT_STRINGS: list[Any] = [1, 1.5, True, None, {}, {"a": "b"}, [], ["a"]]
BOOLEANS = [True, False]
NOT_BOOLEANS: list[Any] = ["true", "", 1, 0, None, {}, []]
NUMBERS: list[Any] = [0, -3, 2.5, 1e3]
NOT_NUMBERS: list[Any] = ["1", "", True, None, {}, []]
NOT_OBJECTS: list[Any] = ["text", "", 1, True, None, [], [{}]]
NOT_ARRAYS: list[Any] = ["text", 1, True, None, {}]
IRIS = ["http://example.org/x", "https://example.org/ë", "urn:isbn:1", "tag:example.org,2026:x"]
NOT_IRIS: list[Any] = [
    "",
    "text",
    "example.org/x",
    "//example.org/x",
    "/x",
    "a b:c",
    "urn:x\n",
    *NOT_STRINGS,
]
UUIDS = ["33333333-3333-4333-8333-333333333333", "ABCDEFAB-CDEF-4ABC-8DEF-ABCDEFABCDEF"]
NOT_UUIDS: list[Any] = [
    "",
    "text",
    "33333333333343338333333333333333",  # no dashes
    "{33333333-3333-4333-8333-333333333333}",
    "33333333-3333-4333-8333-33333333333",
    "33333333-3333-4333-8333-3333333333333",
    "33333333-3333-4333-8333-33333333333g",
    "33333333-3333-4333-8333-333333333333\n",
    *NOT_STRINGS,
]
TAGS = ["en", "en-GB", "zh-Hant-HK", "sl-rozaj-biske", "x-private", "i-klingon", "de-1996"]
NOT_TAGS = ["", "a", "en_GB", "en-", "12", "toolonglanguage", "en-a", "en-GB-", "en GB", "en\n"]
LANGUAGE_MAPS: list[Any] = [{tag: "text"} for tag in TAGS]
NOT_LANGUAGE_MAPS: list[Any] = [
    *NOT_OBJECTS,
    *({tag: "text"} for tag in NOT_TAGS),
    *({"en": value} for value in NOT_STRINGS),
]
EXTENSIONS: list[Any] = [{iri: 1} for iri in IRIS] + [{}]
NOT_EXTENSIONS: list[Any] = [*NOT_OBJECTS, {"": 1}, {"text": 1}, {"example.org/x": 1}]
IDENTIFIERS: dict[str, Any] = {
    "mbox": "mailto:somebody@example.org",
    "mbox_sha1sum": hashlib.sha1(b"mailto:somebody@example.org").hexdigest(),
    "openid": "https://somebody.example.org/",
    "account": {"homePage": "https://example.org", "name": "somebody"},
}
SINGLE_IDENTIFIERS = [{name: value} for name, value in IDENTIFIERS.items()]
DOUBLE_IDENTIFIERS = [
    one | other for one in SINGLE_IDENTIFIERS for other in SINGLE_IDENTIFIERS if one != other
]
AGENTS: list[Any] = [*SINGLE_IDENTIFIERS, {"objectType": "Agent", "name": "x", **SOMEBODY}]
NOT_AGENTS: list[Any] = [*NOT_OBJECTS, {}, {"name": "x"}, {"objectType": "Agent"}]
GROUPS: list[Any] = [
    {"objectType": "Group", "member": [SOMEBODY, ANOTHER]},
    {"objectType": "Group", "name": "x", **SOMEBODY},
    {"objectType": "Group", "member": [ANOTHER], **SOMEBODY},
]


# Statements with one thing different ----------------------------------------------------------
def changed(place: str, value: Any) -> dict[str, Any]:
    """The full statement with this value at this place, such as ``result.score.raw``; with a
    new id, unless that is the place.
    """
    new = copy.deepcopy(FULL) | {"id": str(uuid4())}
    *way, last = place.split(".")
    holder = value_at(new, way)
    if value is ABSENT:
        del holder[last]
    else:
        holder[_step(last)] = value
    return new


def value_at(item: Any, way: Iterable[str]) -> Any:
    """What is at the end of this way through objects and arrays."""
    for name in way:
        item = item[_step(name)]
    return item


def _step(name: str) -> Any:
    return int(name) if name.isdigit() else name


def inside(said: dict[str, Any]) -> dict[str, Any]:
    """A statement that has this one as its SubStatement."""
    kept = {name: value for name, value in said.items() if name not in NOT_IN_A_SUBSTATEMENT}
    return statement(id=str(uuid4()), object={"objectType": "SubStatement", **kept})


def _forms(place: str, value: Any) -> list[dict[str, Any]]:
    said = changed(place, value)
    return (
        [said] if place.split(".", maxsplit=1)[0] in NOT_IN_A_SUBSTATEMENT else [said, inside(said)]
    )


# Verdicts -------------------------------------------------------------------------------------
def judge(lrs: Lrs, place: str, *, takes: Iterable[Any], refuses: Iterable[Any]) -> None:
    """This place takes these values, and keeps them; it refuses those."""
    for value in takes:
        for said in _forms(place, value):
            assert_taken(lrs, said)
    for value in refuses:
        for said in _forms(place, value):
            assert_refused(lrs, said)


def assert_taken(lrs: Lrs, *statements: dict[str, Any]) -> None:
    """Each is stored and comes back with everything that was said."""
    for said in statements:
        [id_] = lrs.stored(said)
        kept = lrs.one(statementId=id_)
        assert said == {name: kept[name] for name in said}


def assert_accepted(lrs: Lrs, *statements: dict[str, Any]) -> None:
    """Each is stored, whatever the store makes of it."""
    for said in statements:
        answer = lrs.post(said)
        assert answer.status == 200, (said, answer.body)


def assert_refused(lrs: Lrs, *bodies: Any) -> None:
    """Each is refused, for what it says."""
    for body in bodies:
        answer = lrs.post(body)
        assert answer.status == 400, (body, answer.body)


def assert_statuses(answers: Iterable[Response], status: int) -> None:
    """All were answered with this."""
    for answer in answers:
        assert answer.status == status, (answer.status, answer.body)


def header(answer: Response, name: str) -> str | None:
    """A header of an answer, whatever the case of its name."""
    found = [value for said, value in answer.all_headers() if said.lower() == name.lower()]
    assert len(found) <= 1
    return found[0] if found else None


def ids(found: Iterable[dict[str, Any]]) -> list[str]:
    """The ids of these statements."""
    return [one["id"] for one in found]


def read(answer: Response) -> Any:
    """What a good answer has."""
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def follow(lrs: Lrs, more: str, **headers: str) -> Any:
    """The page behind ``more``."""
    address = urlsplit(more)
    assert address.path.startswith("/xapi/")
    query = dict(parse_qsl(address.query, keep_blank_values=True))
    return read(lrs.send("GET", address.path.removeprefix("/xapi/"), query, **headers))


def through_django(lrs: Lrs, path: str, query: str, method: str = "GET") -> HttpResponse:
    """A request whose query is still text."""
    headers = {"authorization": lrs.authorization, "x-experience-api-version": lrs.version}
    address = f"{mount.PREFIX}{path}?{query}"
    request = RequestFactory().generic(method, address, b"{}", headers=headers)
    return mount.view(request, path)
