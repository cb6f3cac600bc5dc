"""The shape of statements: xAPI 1.0.3, Data 2.2 and 2.4; IEEE 9274.1.1 (2.0), 4.2.1 and 4.2.4."""

import json
from typing import Any

import pytest

from tests.xapi.requirements.kit import (
    ABSENT,
    AGENTS,
    FULL,
    IRIS,
    NOT_STRINGS,
    NOT_TAGS,
    SOMEBODY,
    STRINGS,
    TAGS,
    assert_refused,
    assert_statuses,
    assert_taken,
    changed,
    judge,
    value_at,
)
from tests.xapi.rest_client import ACTIVITY, Lrs, dumped, statement

IRI_PLACES = [
    "verb.id",
    "object.id",
    "object.definition.type",
    "object.definition.moreInfo",
    "context.contextActivities.parent.0.id",
    "attachments.0.usageType",
    "attachments.0.fileUrl",
]
MAP_PLACES = [
    "verb.display",
    "object.definition.name",
    "object.definition.description",
    "object.definition.choices.0.description",
    "attachments.0.display",
    "attachments.0.description",
]


def _places(item: Any, way: tuple[str, ...] = ()) -> list[str]:
    """Every place in a statement, from the top down."""
    if not isinstance(item, dict | list):
        return [".".join(way)]
    named = item.items() if isinstance(item, dict) else enumerate(item)
    below = [place for name, value in named for place in _places(value, (*way, str(name)))]
    return [*([".".join(way)] if way else []), *below]


PLACES = _places(FULL)
EXTENDED = [place for place in PLACES if "extensions." in place]
OBJECTS = [
    place
    for place in PLACES
    if isinstance(value_at(FULL, place.split(".")), dict)
    and place.split(".")[-1] not in {"extensions", "display", "name", "description"}
]


@pytest.mark.parametrize("part", sorted(FULL))
def test_xapi_00001_null_is_refused_everywhere(lrs: Lrs, part: str) -> None:
    judge(lrs, part, takes=[FULL[part]], refuses=[None])
    for place in _within(part):
        judge(lrs, place, takes=[], refuses=[None])


def _within(part: str) -> list[str]:
    """The places in this part of a statement, apart from what is in extensions."""
    return [place for place in PLACES if place.split(".")[0] == part and place not in EXTENDED]


def test_xapi_00001_but_in_extensions(lrs: Lrs) -> None:
    assert EXTENDED
    for place in EXTENDED:
        judge(lrs, place, takes=[None, {}, ""], refuses=[])


def test_xapi_00002_a_number_keeps_its_precision(lrs: Lrs) -> None:
    for number in (0.1, 3.4028234e38, 1.1754944e-38, 16777217, 0.123456789012345):
        judge(lrs, "result.extensions", takes=[{IRIS[0]: number}], refuses=[])
        score = {"raw": number}
        judge(lrs, "result.score", takes=[score], refuses=[])


def test_xapi_00003_a_statement_has_an_actor(lrs: Lrs) -> None:
    judge(lrs, "actor", takes=[SOMEBODY], refuses=[ABSENT])


def test_xapi_00004_a_statement_has_a_verb(lrs: Lrs) -> None:
    judge(lrs, "verb", takes=[{"id": IRIS[0]}], refuses=[ABSENT])


def test_xapi_00005_a_statement_has_an_object(lrs: Lrs) -> None:
    judge(lrs, "object", takes=[{"id": ACTIVITY}], refuses=[ABSENT])


@pytest.mark.parametrize("part", sorted(FULL))
def test_xapi_00006_another_type_is_refused(lrs: Lrs, part: str) -> None:
    """A number for a string, a string for everything else."""
    judge(lrs, part, takes=[FULL[part]], refuses=[])
    for place in _within(part):
        value = value_at(FULL, place.split("."))
        judge(lrs, place, takes=[], refuses=[12 if isinstance(value, str) else "text"])


@pytest.mark.parametrize(
    ("place", "good"),
    [
        ("id", "00000000-0000-4000-8000-000000000001"),
        ("verb.id", IRIS[0]),
        ("object.id", IRIS[0]),
        ("object.definition.type", IRIS[0]),
        ("object.definition.moreInfo", IRIS[0]),
        ("context.registration", "00000000-0000-4000-8000-000000000001"),
        ("context.statement.id", "00000000-0000-4000-8000-000000000001"),
        ("context.language", "nl"),
        ("context.instructor.mbox", "mailto:x@example.org"),
        ("result.duration", "PT1S"),
        ("timestamp", "2026-11-25T10:00:00Z"),
        ("attachments.0.usageType", IRIS[0]),
        ("attachments.0.fileUrl", IRIS[0]),
        ("attachments.0.contentType", "text/plain"),
    ],
)
def test_xapi_00007_a_value_has_its_format(lrs: Lrs, place: str, good: str) -> None:
    judge(lrs, place, takes=[good], refuses=["", "not that"])


def test_xapi_00007_a_key_has_its_format(lrs: Lrs) -> None:
    judge(lrs, "result.extensions", takes=[{IRIS[0]: 1}], refuses=[{"": 1}, {"not that": 1}])
    judge(lrs, "verb.display", takes=[{"en": "x"}], refuses=[{"": "x"}, {"not that": "x"}])


@pytest.mark.parametrize("place", OBJECTS)
def test_xapi_00008_the_case_of_a_key_matters(lrs: Lrs, place: str) -> None:
    value = value_at(FULL, place.split("."))
    name = next(iter(value))
    other = {name.upper() if key == name else key: one for key, one in value.items()}
    judge(lrs, place, takes=[value], refuses=[other, value | {name.upper(): value[name]}])


def test_xapi_00009_the_case_of_an_enumerated_value_matters(lrs: Lrs) -> None:
    judge(lrs, "actor.objectType", takes=["Agent"], refuses=["agent", "AGENT"])
    judge(lrs, "object.objectType", takes=["Activity"], refuses=["activity", "ACTIVITY"])
    judge(lrs, "context.team.objectType", takes=["Group"], refuses=["group"])
    judge(lrs, "context.statement.objectType", takes=["StatementRef"], refuses=["statementRef"])
    place = "object.definition.interactionType"
    judge(lrs, place, takes=["true-false"], refuses=["True-False", "TRUE-FALSE"])


@pytest.mark.parametrize("place", OBJECTS)
def test_xapi_00010_another_key_is_refused(lrs: Lrs, place: str) -> None:
    value = value_at(FULL, place.split("."))
    judge(lrs, place, takes=[value], refuses=[value | {"shoe": "left"}])


def test_xapi_00010_another_key_is_refused_at_the_top(lrs: Lrs) -> None:
    assert_taken(lrs, statement())
    assert_refused(lrs, statement(shoe="left"))


@pytest.mark.parametrize("place", IRI_PLACES)
def test_xapi_00011_an_iri_has_a_scheme(lrs: Lrs, place: str) -> None:
    judge(lrs, place, takes=IRIS, refuses=["example.org/x", "//example.org/x", "/x", "x"])


def test_xapi_00011_the_iri_in_an_agent_has_a_scheme(lrs: Lrs) -> None:
    judge(lrs, "context.instructor", takes=AGENTS, refuses=[{"openid": "example.org/x"}])
    homeless = {"account": {"homePage": "example.org", "name": "x"}}
    judge(lrs, "context.instructor", takes=[], refuses=[homeless])


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("statementId", "00000000-0000-4000-8000-000000000001", "1"),
        ("voidedStatementId", "00000000-0000-4000-8000-000000000001", "1"),
        ("registration", "00000000-0000-4000-8000-000000000001", "1"),
        ("agent", json.dumps(SOMEBODY), '{"mbox":"somebody@example.org"}'),
        ("agent", json.dumps(SOMEBODY), "somebody"),
        ("verb", "http://example.org/v", "v"),
        ("activity", "http://example.org/a", "a"),
        ("since", "2026-11-25T10:00:00Z", "yesterday"),
        ("until", "2026-11-25T10:00:00Z", "2026-11-25T10:00:00-00:00"),
        ("limit", "1", "one"),
        ("limit", "0", "-1"),
        ("ascending", "true", "yes"),
        ("related_agents", "true", "1"),
        ("related_activities", "false", "no"),
        ("attachments", "false", "0"),
        ("format", "ids", "id"),
    ],
)
def test_xapi_00012_a_parameter_is_as_strict_as_a_property(
    lrs: Lrs, name: str, good: str, bad: str
) -> None:
    assert lrs.send("GET", query={name: bad}).status == 400
    one = name.lower().endswith("statementid")
    assert lrs.send("GET", query={name: good}).status == (404 if one else 200)


@pytest.mark.parametrize("place", MAP_PLACES)
def test_xapi_00013_a_language_tag_has_its_lengths(lrs: Lrs, place: str) -> None:
    good, bad = ([{tag: "text"} for tag in tags] for tags in (TAGS, NOT_TAGS))
    judge(lrs, place, takes=good, refuses=bad)


@pytest.mark.parametrize("place", OBJECTS)
def test_xapi_00014_an_object_is_a_json_object(lrs: Lrs, place: str) -> None:
    value = value_at(FULL, place.split("."))
    judge(lrs, place, takes=[value], refuses=["text", 1, True, [], [value], json.dumps(value)])


def test_xapi_00014_a_body_is_json(lrs: Lrs) -> None:
    good = dumped(statement())
    for bad in (b"", b"text", good[:-1], good + b"}", good.replace(b'"', b"'"), b"[" + good):
        assert lrs.send("POST", body=bad).status == 400
    assert lrs.send("POST", body=good).status == 200


@pytest.mark.parametrize(
    "doubled",
    [
        pytest.param(b'{"actor":A,"actor":A,"verb":V,"object":O}', id="in the statement"),
        pytest.param(b'{"actor":A,"\\u0061ctor":A,"verb":V,"object":O}', id="by its number"),
        pytest.param(b'{"actor":A,"verb":V,"object":{"id":I,"id":I}}', id="in its object"),
        pytest.param(b'{"actor":A,"verb":{"id":I,"display":{"en":"x","en":"y"}},"object":O}',
                     id="in a language map"),
        pytest.param(b'{"actor":A,"verb":V,"object":O,"result":{"extensions":{I:1,I:2}}}',
                     id="in extensions"),
        pytest.param(b'{"actor":A,"verb":V,"object":{"objectType":"SubStatement","actor":A,'
                     b'"actor":A,"verb":V,"object":O}}', id="in a SubStatement"),
    ],
)  # fmt: skip
def test_xapi_00021_a_property_occurs_once(lrs: Lrs, doubled: bytes) -> None:
    assert_statuses([lrs.send("POST", body=_filled(doubled))], 400)
    assert_statuses([lrs.post(statement())], 200)


def test_xapi_00021_the_same_name_in_two_objects_is_fine(lrs: Lrs) -> None:
    once = _filled(b'{"actor":A,"verb":V,"object":O,"result":{"extensions":{I:{"id":"a"}}}}')
    assert_statuses([lrs.send("POST", body=once)], 200)


def _filled(text: bytes) -> bytes:
    iri = b'"http://example.org/x"'
    values = {b"A": dumped(SOMEBODY), b"V": b'{"id":I}', b"O": b'{"id":I}'}
    for name, value in values.items():
        text = text.replace(b":" + name, b":" + value)
    return text.replace(b":I", b":" + iri).replace(b"{I", b"{" + iri).replace(b",I", b"," + iri)


def test_the_full_statement_has_every_property_of_both_versions(lrs: Lrs) -> None:
    """What the tables above stand on."""
    assert_taken(lrs, changed("result.response", "b"))
    judge(lrs, "result.response", takes=STRINGS, refuses=NOT_STRINGS)
