"""A list of statements is looked at as a whole, and must come to the same as one by one."""

import json
import re
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leer.xapi.statements import checking
from leer.xapi.statements.checking import Fact, Refused, check, check_body
from leer.xapi.statements.names import activity_iri
from tests.xapi.rest_client import dumped, statement

ID = "33333333-3333-4333-8333-333333333333"
BESIDE = [dumped(statement(id=str(UUID(int=number)))) for number in (1, 2)]
ACTIVITY = {
    "id": "http://x.nl/a",
    "definition": {"name": {"nl": 'Kade "één"'}, "extensions": {"http://x.nl/e": {"deep": [1]}}},
}
SAID: dict[str, Any] = {
    "timestamp": "2026-11-25T10:00:00.123Z",
    "result": {"score": {"scaled": 0.5}, "duration": "PT1S", "extensions": {"http://x.nl/e": 1}},
    "context": {
        "registration": ID,
        "instructor": {"mbox": "mailto:t@x.nl"},
        "contextActivities": {"parent": [ACTIVITY, {"id": "http://x.nl/b"}], "other": ACTIVITY},
        "extensions": {"http://x.nl/e": "a", "http://x.nl/f": [{"a": "\\", "b": {}}]},
    },
    "object": ACTIVITY,
}
FULL = statement(id=ID, **SAID)
HOLDING = statement(id=ID, object={"objectType": "SubStatement", **statement(**SAID)})
TEXTS = [
    json.dumps(said, ensure_ascii=plain).encode() for said in (FULL, HOLDING) for plain in (0, 1)
]
VALUES = [
    b"1", b"true", b"null", b"{}", b"[]", b'""', b'"\\u0022"', b'"\\""', b'"text"',
    b'"http://x.nl/a"', b'"%s"' % ID.encode(), b'"2026-11-25T10:00:00+01:00"',
    b'"%s"' % activity_iri("measurements", "m").encode(),
    b'"%s"' % activity_iri("%6deasurements", "m").encode(), b'"http://x.nl/me%61surements"',
    b"[" * 93 + b"]" * 93, b'{"a":1,"a":2}', b'{"a":1,"\\u0061":"\\u0022"}',
]  # fmt: skip
NAMES = [
    b'"id"', b'"a"', b'"http://x.nl/e"', b'"http://x.nl/f"', b'"extensions"', b'"objectType"',
    b'"stored"', b'"version"', b'"name"', b'"n\\u0061me"', b'"nl"', b'"team"', b'"parent"',
]  # fmt: skip
OPENING = re.compile(rb"\{(?!\})")
VALUE = re.compile(rb'(?<=: )("(?:[^"\\]|\\.)*"|[\d.]+)')


@st.composite
def statements(draw: st.DrawFn) -> bytes:
    """A statement with other values, and with properties that may be there already."""
    text = draw(st.sampled_from(TEXTS))
    for _ in range(draw(st.integers(0, 3))):
        value, places = draw(st.sampled_from(VALUES)), VALUE
        if draw(st.booleans()):
            value, places = b"{%b: %b, " % (draw(st.sampled_from(NAMES)), value), OPENING
        where = draw(st.sampled_from(list(places.finditer(text))))
        text = text[: where.start()] + value + text[where.end() :]
    return text


def alone(text: bytes) -> Fact | str:
    """What becomes of this statement."""
    try:
        return check(text, version="2.0.0")
    except Refused as error:
        return str(error)


def in_a_list(text: bytes) -> Fact | str:
    """The same, between two others."""
    first, last = BESIDE
    try:
        return check_body(b"[%b, %b\n,%b ]" % (first, text, last), version="2.0.0")[1]
    except Refused as error:
        return str(error).removeprefix("statement 2 of 3: ")


@settings(max_examples=1500, deadline=None)
@given(text=statements())
def test_a_list_takes_and_refuses_what_is_taken_and_refused_alone(text: bytes) -> None:
    assert in_a_list(text) == alone(text)


def test_what_is_changed_for_that_is_both_taken_and_refused() -> None:
    """Otherwise the test above would compare nothing."""
    assert all(isinstance(alone(text), Fact) for text in TEXTS)
    assert "unknown field `name`" in str(alone(OPENING.sub(b'{"name": 1, ', TEXTS[0], count=1)))


def nested(levels: int) -> Any:
    value: Any = []
    for _ in range(levels - 1):
        value = [value]
    return value


def extended(levels: int) -> dict[str, Any]:
    return {"extensions": {"http://x.nl/e": nested(levels)}}


HOLDERS = {
    "result": lambda levels: {"result": extended(levels - 3)},
    "context": lambda levels: {"context": extended(levels - 3)},
    "object": lambda levels: {
        "object": {"id": "http://x.nl/a", "definition": extended(levels - 4)},
    },
    "surroundings": lambda levels: {
        "context": {
            "contextActivities": {
                "parent": [{"id": "http://x.nl/a", "definition": extended(levels - 7)}]
            }
        },
    },
}


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("within", [False, True])
def test_how_deep_a_statement_may_be_does_not_depend_on_where(holder: str, within: bool) -> None:
    for levels, is_taken in ((99, True), (100, True), (101, False)):
        said = HOLDERS[holder](levels - within)
        if within:
            said = {"object": {"objectType": "SubStatement", **statement(**said)}}
        text = dumped(statement(id=ID, **said))
        assert isinstance(alone(text), Fact) == is_taken
        assert in_a_list(text) == alone(text)


@pytest.mark.parametrize("body", [BESIDE, TEXTS[:1]])
def test_what_is_good_is_looked_at_once(body: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "check", None)
    assert check_body(b"[%b]" % b",".join(body), version="2.0.0")


def test_what_is_no_utf_8_is_told_for_the_statement_where_it_is() -> None:
    body = b"[%b,%b]" % (BESIDE[0], TEXTS[0].replace(b"PT1S", b"\xff"))
    with pytest.raises(Refused, match=r"statement 2 of 2: byte \d+ is not UTF-8"):
        check_body(body, version="2.0.0")
