"""Asking for statements: xAPI 1.0.3, Communication 2.1.3, 2.1.4; IEEE 9274.1.1 (2.0), 4.1.6.1."""

import hashlib
import json
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from leer.xapi.rest import multipart
from leer.xapi.statements.formats import moment
from tests.xapi.requirements.kit import (
    ANOTHER,
    FULL,
    SOMEBODY,
    VOIDED,
    assert_statuses,
    changed,
    header,
    ids,
    read,
    through_django,
)
from tests.xapi.requirements.parts import ATTACHMENT, CONTENT, HASH, file, mixed, sentence
from tests.xapi.rest_client import ACTIVITY, PERSON, Lrs, pointing, statement

CONSISTENT = "X-Experience-API-Consistent-Through"
OTHER_PARAMETERS = {
    "agent": json.dumps(PERSON),
    "verb": "http://example.org/v",
    "activity": ACTIVITY,
    "registration": "11111111-1111-4111-8111-111111111111",
    "related_activities": "true",
    "related_agents": "true",
    "since": "2026-11-25T10:00:00Z",
    "until": "2026-11-25T10:00:00Z",
    "limit": "1",
    "ascending": "true",
}
BY_ID = {"statementId", "voidedStatementId"}


@pytest.fixture
def voided(lrs: Lrs) -> str:
    [id_] = lrs.stored(statement())
    lrs.stored(pointing(id_, VOIDED))
    return id_


def _find(lrs: Lrs, **query: Any) -> list[str]:
    """The ids of what is found; a value that is no text is sent as JSON."""
    said = {name: one if isinstance(one, str) else json.dumps(one) for name, one in query.items()}
    return ids(lrs.found(**said))


def _one_each(lrs: Lrs, *statements: dict[str, Any]) -> list[str]:
    """Stored one after the other."""
    return [lrs.stored(one)[0] for one in statements]


def test_xapi_00149_finding_nothing_is_an_answer(lrs: Lrs) -> None:
    lrs.stored(statement())
    assert _find(lrs, verb="http://example.org/never") == []
    assert _find(lrs, until="2016-11-25T10:00:00Z") == []


@pytest.mark.parametrize("name", OTHER_PARAMETERS)
def test_xapi_00150_voided_statement_id_stands_alone(lrs: Lrs, voided: str, name: str) -> None:
    _stands_alone(lrs, {"voidedStatementId": voided}, name)


@pytest.mark.parametrize("name", OTHER_PARAMETERS)
def test_xapi_00151_statement_id_stands_alone(lrs: Lrs, name: str) -> None:
    [id_] = lrs.stored(statement())
    _stands_alone(lrs, {"statementId": id_}, name)


def _stands_alone(lrs: Lrs, query: dict[str, str], name: str) -> None:
    """But for ``attachments`` and ``format``."""
    both = dict.fromkeys(BY_ID, next(iter(query.values())))
    bad = [query | {name: OTHER_PARAMETERS[name]}, both]
    good = [query, query | {"attachments": "false"}, query | {"format": "ids"}]
    assert_statuses([lrs.send("GET", query=one) for one in bad], 400)
    assert_statuses([lrs.send("GET", query=one) for one in good], 200)


def test_xapi_00152_what_is_served_is_soon_within_consistent_through(lrs: Lrs) -> None:
    """That the header is never before what is served was withdrawn: a store may serve more than it
    promises. What it promises catches up, as 2.1.3 has it.
    """
    [id_] = lrs.stored(statement())
    stored = moment(lrs.one(statementId=id_)["stored"])
    patience = time.monotonic() + 10
    while _consistent_through(lrs) < stored:
        assert time.monotonic() < patience
        time.sleep(0.1)


def _consistent_through(lrs: Lrs) -> datetime:
    return moment(header(lrs.send("GET"), CONSISTENT) or "")


def test_xapi_00153_every_answer_has_consistent_through(lrs: Lrs) -> None:
    good: list[dict[str, str]] = [{"limit": "1"}, {}]
    bad = [{"limit": "x"}, {"statementId": str(uuid4())}, {"statementId": "x"}, {"shoe": "left"}]
    for query in good + bad:
        for method in ("GET", "HEAD"):
            answer = lrs.send(method, query=query)
            assert (answer.status == 200) == (query in good)
            assert header(answer, CONSISTENT)
    assert header(lrs.send("GET", authorization=""), CONSISTENT)


def test_xapi_00153_an_answer_to_a_query_that_cannot_be_read_too(lrs: Lrs) -> None:
    good, bad = (through_django(lrs, "statements", one) for one in ("limit=1", "limit=1&limit=2"))
    assert (good.status_code, CONSISTENT in good.headers) == (200, True)
    assert (bad.status_code, CONSISTENT in bad.headers) == (400, True)


def test_xapi_00154_without_an_id_the_answer_is_a_result(lrs: Lrs) -> None:
    [id_] = lrs.stored(statement())
    result = read(lrs.send("GET"))
    assert set(result) == {"statements", "more"}
    assert ids(result["statements"]) == [id_]


def test_xapi_00155_with_voided_statement_id_the_answer_is_that_statement(
    lrs: Lrs, voided: str
) -> None:
    one = read(lrs.send("GET", query={"voidedStatementId": voided}))
    assert (one["id"], one["object"]["id"]) == (voided, ACTIVITY)
    assert_statuses([lrs.send("GET", query={"voidedStatementId": str(uuid4())})], 404)


def test_xapi_00156_with_statement_id_the_answer_is_that_statement(lrs: Lrs) -> None:
    [first, _] = lrs.stored(statement(), statement())
    one = read(lrs.send("GET", query={"statementId": first}))
    assert (one["id"], one["object"]["id"]) == (first, ACTIVITY)
    assert_statuses([lrs.send("GET", query={"statementId": str(uuid4())})], 404)


def test_xapi_00157_voided_statement_id_is_for_voided_ones(lrs: Lrs, voided: str) -> None:
    [kept] = lrs.stored(statement())
    assert_statuses([lrs.send("GET", query={"voidedStatementId": voided})], 200)
    assert_statuses([lrs.send("GET", query={"voidedStatementId": kept})], 404)


def test_xapi_00158_statement_id_is_for_those_that_hold(lrs: Lrs, voided: str) -> None:
    [kept] = lrs.stored(statement())
    assert_statuses([lrs.send("GET", query={"statementId": kept})], 200)
    assert_statuses([lrs.send("GET", query={"statementId": voided})], 404)


def test_xapi_00159_get_is_accepted(lrs: Lrs) -> None:
    assert read(lrs.send("GET"))["statements"] == []
    [id_] = lrs.stored(statement())
    assert ids(read(lrs.send("GET"))["statements"]) == [id_]


def test_xapi_00160_consistent_through_is_a_moment(lrs: Lrs) -> None:
    answer = lrs.send("GET")
    assert_statuses([answer], 200)
    said = header(answer, CONSISTENT) or ""
    assert "T" in said
    assert abs((moment(said) - datetime.now(UTC)).total_seconds()) < 60


# Attachments ----------------------------------------------------------------------------------
def test_xapi_00161_without_attachments_the_answer_is_json(lrs: Lrs) -> None:
    [id_] = read(mixed(lrs, sentence(), file()))
    for query in ({"statementId": id_}, {}):
        answer = lrs.send("GET", query=query | {"attachments": "false"})
        assert (answer.status, answer.content_type) == (200, "application/json")
        assert answer.body == lrs.send("GET", query=query).body
        assert CONTENT not in answer.body
    assert "multipart" in str(lrs.send("GET", query={"attachments": "true"}).content_type)


def test_xapi_00167_with_attachments_the_answer_has_their_bytes(lrs: Lrs) -> None:
    [id_] = read(mixed(lrs, sentence(), file()))
    lrs.stored(statement())
    for query in ({"statementId": id_}, {"limit": "5"}):
        answer = lrs.send("GET", query=query | {"attachments": "true"})
        first, second = multipart.read(str(answer.content_type), answer.body)
        assert first.headers["content-type"] == "application/json"
        assert id_.encode() in first.body
        assert second.headers["x-experience-api-hash"] == HASH
        assert second.headers["content-transfer-encoding"] == "binary"
        assert (second.headers["content-type"], second.body) == ("image/png", CONTENT)


def test_xapi_00167_the_same_bytes_come_once(lrs: Lrs) -> None:
    both = [statement(attachments=[ATTACHMENT]) for _ in range(2)]
    other = b"another"
    more = ATTACHMENT | {"sha2": hashlib.sha256(other).hexdigest(), "length": len(other)}
    both.append(statement(attachments=[more]))
    assert_statuses([mixed(lrs, sentence(*both), file(), file(other))], 200)
    answer = lrs.send("GET", query={"attachments": "true"})
    _, *files = multipart.read(str(answer.content_type), answer.body)
    assert sorted(one.body for one in files) == sorted([CONTENT, other])


# Voided ones ----------------------------------------------------------------------------------
def test_xapi_00162_what_targets_a_voided_statement_is_still_found(lrs: Lrs) -> None:
    begun = datetime.now(UTC).isoformat()
    [target] = lrs.stored(statement())
    others = _one_each(lrs, pointing(target), pointing(target, VOIDED))
    assert set(_find(lrs, since=begun)) == set(others)
    # By what the voided statement says too, but without it (2.1.4).
    assert set(_find(lrs, agent=PERSON)) == set(others)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"agent": json.dumps(PERSON)},
        {"verb": "http://adlnet.gov/expapi/verbs/completed"},
        {"activity": ACTIVITY},
        {"activity": ACTIVITY, "related_activities": "true"},
        {"ascending": "true"},
        {"since": "2016-11-25T10:00:00Z"},
        {"until": "2096-11-25T10:00:00Z"},
        {"format": "ids"},
    ],
    ids=str,
)
def test_xapi_00163_a_voided_statement_is_found_by_its_id_only(
    lrs: Lrs, voided: str, query: dict[str, str]
) -> None:
    [kept] = lrs.stored(statement())
    found = _find(lrs, **query)
    assert voided not in found
    assert kept in found
    assert lrs.one(voidedStatementId=voided)["id"] == voided


# Filters --------------------------------------------------------------------------------------
def test_xapi_00164_what_is_found_is_what_was_asked(lrs: Lrs) -> None:
    verb, place = "http://example.org/v", "http://example.org/a"
    both, _, _, _ = _one_each(
        lrs,
        statement(verb={"id": verb}, object={"id": place}),
        statement(verb={"id": verb}),
        statement(object={"id": place}),
        statement(),
    )
    assert _find(lrs, verb=verb, activity=place) == [both]
    assert _find(lrs, verb=verb, activity=place, agent=SOMEBODY) == []
    assert len(_find(lrs)) == 4


def test_xapi_00165_the_answer_has_a_content_type(lrs: Lrs) -> None:
    [id_] = lrs.stored(statement())
    for query in ({}, {"statementId": id_}):
        assert header(lrs.send("GET", query=query), "Content-Type") == "application/json"


def test_xapi_00166_ascending_is_the_oldest_first(lrs: Lrs) -> None:
    stored = _one_each(lrs, *(statement() for _ in range(4)))
    assert _find(lrs, ascending="true") == stored
    assert _find(lrs, ascending="false") == _find(lrs) == stored[::-1]
    moments = [moment(one["stored"]) for one in lrs.found(ascending="true")]
    assert moments == sorted(moments)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_xapi_00173_limit_is_how_many_there_are_at_most(lrs: Lrs, limit: int) -> None:
    stored = _one_each(lrs, *(statement() for _ in range(3)))
    assert _find(lrs, limit=limit) == stored[::-1][:limit]
    assert _find(lrs, limit=0) == _find(lrs) == stored[::-1]


def test_xapi_00174_until_is_up_to_and_including(lrs: Lrs) -> None:
    first, second, third = _one_each(lrs, *(statement() for _ in range(3)))
    assert _find(lrs, until=lrs.one(statementId=second)["stored"]) == [second, first]
    assert _find(lrs, until="2016-11-25T10:00:00Z") == []
    assert _find(lrs, until="2096-11-25T10:00:00Z") == [third, second, first]


def test_xapi_00175_since_is_after(lrs: Lrs) -> None:
    first, second, third = _one_each(lrs, *(statement() for _ in range(3)))
    assert _find(lrs, since=lrs.one(statementId=second)["stored"]) == [third]
    assert _find(lrs, since="2096-11-25T10:00:00Z") == []
    assert _find(lrs, since="2016-11-25T10:00:00Z") == [third, second, first]


GROUP = {"objectType": "Group", "member": [SOMEBODY]}
WITH_SOMEBODY = {
    "as actor": statement(actor=SOMEBODY),
    "as a member of the actor": statement(actor=GROUP),
    "as object": statement(object={"objectType": "Agent", **SOMEBODY}),
    "as a member of the object": statement(object=GROUP),
}
WITH_SOMEBODY_RELATED = {
    "as instructor": statement(context={"instructor": SOMEBODY}),
    "in the team": statement(context={"team": GROUP}),
    "in a SubStatement": statement(
        object={"objectType": "SubStatement", **statement(actor=SOMEBODY)}
    ),
    "as object of a SubStatement": statement(
        object={
            "objectType": "SubStatement",
            **statement(object={"objectType": "Agent", **SOMEBODY}),
        }
    ),
    "as instructor in a SubStatement": statement(
        object={"objectType": "SubStatement", **statement(context={"instructor": SOMEBODY})}
    ),
}


@pytest.mark.parametrize("where", WITH_SOMEBODY_RELATED)
def test_xapi_00176_related_agents_looks_everywhere(lrs: Lrs, where: str) -> None:
    [related, _] = lrs.stored(WITH_SOMEBODY_RELATED[where], statement())
    assert _find(lrs, agent=SOMEBODY) == _find(lrs, agent=SOMEBODY, related_agents="false") == []
    assert _find(lrs, agent=SOMEBODY, related_agents="true") == [related]
    assert _find(lrs, agent=ANOTHER, related_agents="true") == []


def test_xapi_00176_related_agents_looks_at_the_authority(lrs: Lrs) -> None:
    [id_] = lrs.stored(statement())
    authority = lrs.one(statementId=id_)["authority"]
    assert _find(lrs, agent=authority) == []
    assert _find(lrs, agent=authority, related_agents="true") == [id_]


PLACE = "http://example.org/place"
IN_CONTEXT = {
    name: statement(context={"contextActivities": {name: [{"id": PLACE}]}})
    for name in ("parent", "grouping", "category", "other")
}
WITH_PLACE_RELATED = {
    **IN_CONTEXT,
    "a SubStatement": statement(
        object={"objectType": "SubStatement", **statement(object={"id": PLACE})}
    ),
    "the context of a SubStatement": statement(
        object={"objectType": "SubStatement", **IN_CONTEXT["parent"]}
    ),
}


@pytest.mark.parametrize("where", WITH_PLACE_RELATED)
def test_xapi_00177_related_activities_looks_everywhere(lrs: Lrs, where: str) -> None:
    [related, _] = lrs.stored(WITH_PLACE_RELATED[where], statement())
    assert (
        _find(lrs, activity=PLACE) == _find(lrs, activity=PLACE, related_activities="false") == []
    )
    assert _find(lrs, activity=PLACE, related_activities="true") == [related]
    assert _find(lrs, activity=PLACE + "s", related_activities="true") == []


def test_xapi_00178_registration_finds_the_statements_of_it(lrs: Lrs) -> None:
    one, other = str(uuid4()), str(uuid4())
    stored = lrs.stored(*(statement(context={"registration": id_}) for id_ in (one, other)))
    lrs.stored(statement())
    assert [_find(lrs, registration=id_) for id_ in (one, other)] == [[id_] for id_ in stored]
    assert _find(lrs, registration=str(uuid4())) == []


def test_xapi_00179_activity_finds_the_statements_about_it(lrs: Lrs) -> None:
    [about, _] = lrs.stored(statement(object={"id": PLACE}), statement())
    assert _find(lrs, activity=PLACE) == [about]
    assert _find(lrs, activity=PLACE.upper()) == _find(lrs, activity=PLACE[:-1]) == []


def test_xapi_00180_verb_finds_the_statements_with_it(lrs: Lrs) -> None:
    verb = "http://example.org/verbs/walked"
    [walked, _] = lrs.stored(statement(verb={"id": verb}), statement())
    assert _find(lrs, verb=verb) == [walked]
    assert _find(lrs, verb=verb + "s") == []


@pytest.mark.parametrize("where", WITH_SOMEBODY)
def test_xapi_00181_agent_finds_the_statements_of_somebody(lrs: Lrs, where: str) -> None:
    [found, _] = lrs.stored(WITH_SOMEBODY[where], statement())
    assert _find(lrs, agent=SOMEBODY) == [found]
    assert _find(lrs, agent=SOMEBODY | {"name": "whoever"}) == [found]
    assert _find(lrs, agent=ANOTHER) == []


def test_xapi_00181_agent_finds_an_identified_group(lrs: Lrs) -> None:
    group = {"objectType": "Group", **ANOTHER}
    [found, _] = lrs.stored(statement(actor=group), statement())
    assert _find(lrs, agent=group) == [found]


# Formats --------------------------------------------------------------------------------------
NAMED = {"id": ACTIVITY, "definition": {"name": {"nl": "Kade", "en": "Quay", "de": "Kai"}}}


def _formed(lrs: Lrs, said: dict[str, Any], form: str = "", **headers: str) -> Any:
    """A statement as it is given out, the same alone and in a page."""
    [id_] = lrs.stored(said)
    query = {"format": form} if form else {}
    alone = read(lrs.send("GET", query=query | {"statementId": id_}, **headers))
    [in_page] = read(lrs.send("GET", query=query | {"limit": "1"}, **headers))["statements"]
    assert alone == in_page
    return alone


def test_xapi_00168_without_format_it_is_exact(lrs: Lrs) -> None:
    said = changed("result.response", "b")
    kept = _formed(lrs, said)
    assert said == {name: kept[name] for name in said}
    assert kept == lrs.one(statementId=said["id"], format="exact")
    assert kept != lrs.one(statementId=said["id"], format="ids")


def test_xapi_00169_canonical_is_as_the_store_knows_it_in_one_language(lrs: Lrs) -> None:
    lrs.stored(statement(object=NAMED | {"definition": {"name": {"en": "Quay"}}}))
    kept = _formed(lrs, statement(object={"id": ACTIVITY}), "canonical")
    assert kept["object"]["definition"]["name"] == {"en": "Quay"}
    verb = {"id": "http://example.org/v", "display": {"nl": "liep", "en": "walked"}}
    kept = _formed(lrs, statement(object=NAMED, verb=verb), "canonical")
    assert len(kept["object"]["definition"]["name"]) == len(kept["verb"]["display"]) == 1


def test_xapi_00170_exact_is_as_it_was_sent(lrs: Lrs) -> None:
    said = changed("actor", {"objectType": "Agent", "name": "Somebody", **SOMEBODY})
    lrs.stored(statement(object=NAMED))
    kept = _formed(lrs, said, "exact")
    for name in FULL:
        assert kept[name] == said[name]


def test_xapi_00171_ids_has_identifiers_only(lrs: Lrs) -> None:
    group = {"objectType": "Group", "name": "All", "member": [{"name": "x", **SOMEBODY}]}
    said = changed("actor", {"objectType": "Agent", "name": "Somebody", **SOMEBODY})
    said["context"] |= {"team": group, "instructor": {"name": "x", **ANOTHER}}
    kept = _formed(lrs, said, "ids")
    assert kept["actor"] == {"objectType": "Agent", **SOMEBODY}
    assert kept["verb"] == {"id": FULL["verb"]["id"]}
    assert kept["object"].keys() <= {"objectType", "id"}
    assert kept["object"]["id"] == ACTIVITY
    assert kept["context"]["team"] == {"objectType": "Group", "member": [SOMEBODY]}
    assert kept["context"]["instructor"] == ANOTHER
    assert "name" not in kept["authority"]


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("nl", "nl"),
        ("en", "en"),
        ("en-GB", "en"),
        ("de, en;q=0.5", "de"),
        ("fr, nl;q=0.8, en;q=0.9", "en"),
        ("nl;q=0, de", "de"),
    ],
)
def test_xapi_00172_canonical_is_in_the_language_that_was_asked(
    lrs: Lrs, wish: str, language: str
) -> None:
    words = {"nl": "liep", "en": "walked", "de": "ging"}
    said = statement(object=NAMED, verb={"id": "http://example.org/v", "display": words})
    kept = _formed(lrs, said, "canonical", accept_language=wish)
    name = NAMED["definition"]["name"]  # type: ignore[index]
    assert kept["object"]["definition"]["name"] == {language: name[language]}
    assert kept["verb"]["display"] == {language: words[language]}
