"""What ADL's suite asks without giving it a number: most came with 2.0, and is named here by its
section of IEEE 9274.1.1.
"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from uuid import uuid4

import pytest

from leer.xapi.models import Document
from leer.xapi.rest.http import Response
from leer.xapi.statements.formats import moment
from tests.xapi.requirements.documents import ALL, STATE, Documents
from tests.xapi.requirements.kit import (
    AGENTS,
    GROUPS,
    IRIS,
    NOT_AGENTS,
    NOT_ARRAYS,
    NOT_IRIS,
    NOT_OBJECTS,
    NOT_STRINGS,
    ONLY_NEW,
    ONLY_OLD,
    SOMEBODY,
    assert_refused,
    assert_statuses,
    assert_taken,
    header,
    ids,
    judge,
)
from tests.xapi.requirements.parts import mixed, sentence
from tests.xapi.rest_client import Lrs, statement

EACH = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.path)


# 4.1: requests --------------------------------------------------------------------------------
def test_4_1_a_get_or_head_needs_no_content_length(lrs: Lrs) -> None:
    assert_statuses([lrs.send(method) for method in ("GET", "HEAD")], 200)


def test_4_1_3_mixed_may_come_without_attachments(lrs: Lrs) -> None:
    assert_statuses([mixed(lrs, sentence(statement()))], 200)


def _last_modified(answer: Response) -> datetime:
    return parsedate_to_datetime(header(answer, "Last-Modified") or "")


def _turn_back(days: int, **which: str) -> datetime:
    """These documents were last changed so many days ago."""
    at = datetime.now(UTC).replace(microsecond=0) - timedelta(days=days)
    assert Document.objects.filter(**which).update(updated_at=at)
    return at


@EACH
def test_4_1_6_a_document_says_when_it_was_last_modified(lrs: Lrs, kind: Documents) -> None:
    kind.keep(lrs, {"n": 1})
    before = _turn_back(2)
    assert _last_modified(kind.send(lrs, "GET")) == before
    assert_statuses([kind.send(lrs, "POST", {"n": 2})], 204)
    assert _last_modified(kind.send(lrs, "GET")) > before


@EACH
def test_4_1_6_names_say_when_the_newest_was_modified(lrs: Lrs, kind: Documents) -> None:
    for days, name in ((2, "a"), (1, "b"), (3, "c")):
        kind.keep(lrs, {}, **{kind.name: name})
        _turn_back(days, name=name)
    newest = _last_modified(kind.send(lrs, "GET", **{kind.name: "b"}))
    assert _last_modified(kind.send(lrs, "GET", without=kind.name)) == newest


def test_4_1_6_1_a_statement_was_last_modified_when_it_was_stored(lrs: Lrs) -> None:
    [id_] = lrs.stored(statement())
    stored = moment(lrs.one(statementId=id_)["stored"])
    answer = lrs.send("GET", query={"statementId": id_})
    assert _last_modified(answer) == stored.replace(microsecond=0)


def test_4_1_6_1_of_several_the_newest_counts(lrs: Lrs) -> None:
    lrs.stored(statement())
    [newest] = lrs.stored(statement())
    stored = moment(lrs.one(statementId=newest)["stored"]).replace(microsecond=0)
    for ascending in ("true", "false"):
        assert _last_modified(lrs.send("GET", query={"ascending": ascending})) == stored


@ONLY_NEW
def test_4_1_6_2_beside_state_id_there_is_no_since(lrs: Lrs) -> None:
    """1.0.3 leaves it open, and so does the suite."""
    STATE.keep(lrs, {})
    assert_statuses([STATE.send(lrs, "GET"), STATE.send(lrs, "GET", without="stateId")], 200)
    assert_statuses([STATE.send(lrs, "GET", since="2016-11-25T10:00:00Z")], 400)


def test_4_1_6_1_in_a_batch_an_id_occurs_once(lrs: Lrs) -> None:
    id_ = str(uuid4())
    assert_refused(lrs, [statement(id=id_), statement(id=id_)])
    assert_refused(lrs, [statement(id=id_), statement(id=id_.upper())])
    assert lrs.found() == []
    assert_statuses([lrs.post(statement(id=id_), statement(id=str(uuid4())))], 200)


# 4.2.2.5: contextAgents and contextGroups -------------------------------------------------------
def _part(kind: str, **also: Any) -> dict[str, Any]:
    return {"objectType": kind, **also}


@ONLY_NEW
def test_4_2_2_5_context_agents_are_an_array_of_them(lrs: Lrs) -> None:
    place, one = "context.contextAgents", _part("contextAgent", agent=SOMEBODY)
    bad = [*NOT_ARRAYS, one, *([thing] for thing in NOT_OBJECTS), [{}], [one | {"shoe": 1}]]
    judge(lrs, place, takes=[[], [one], [one, one]], refuses=bad)
    bad = [[_part("contextAgent", agent=agent)] for agent in [*NOT_AGENTS, *GROUPS]]
    good = [[_part("contextAgent", agent=agent)] for agent in AGENTS]
    judge(lrs, place, takes=good, refuses=[*bad, [_part("contextAgent")]])


@ONLY_NEW
def test_4_2_2_5_context_groups_are_an_array_of_them(lrs: Lrs) -> None:
    place, one = "context.contextGroups", _part("contextGroup", group=GROUPS[0])
    bad = [*NOT_ARRAYS, one, *([thing] for thing in NOT_OBJECTS), [{}], [one | {"shoe": 1}]]
    judge(lrs, place, takes=[[], [one], [one, one]], refuses=bad)
    bad = [[_part("contextGroup", group=group)] for group in [*NOT_AGENTS, *AGENTS]]
    good = [[_part("contextGroup", group=group)] for group in GROUPS]
    judge(lrs, place, takes=good, refuses=[*bad, [_part("contextGroup")]])


BOTH_KINDS = pytest.mark.parametrize(
    ("name", "kind", "part"),
    [
        ("contextAgents", "contextAgent", {"agent": SOMEBODY}),
        ("contextGroups", "contextGroup", {"group": GROUPS[0]}),
    ],
)


@ONLY_NEW
@BOTH_KINDS
def test_4_2_2_5_they_say_what_they_are(
    lrs: Lrs, name: str, kind: str, part: dict[str, Any]
) -> None:
    wrong = [*NOT_STRINGS, "", "Agent", "Group", kind.upper(), kind + "s"]
    bad = [[{"objectType": other, **part}] for other in wrong]
    judge(lrs, f"context.{name}", takes=[[_part(kind, **part)]], refuses=[*bad, [part]])


@ONLY_NEW
@BOTH_KINDS
def test_4_2_2_5_relevant_types_are_iris(
    lrs: Lrs, name: str, kind: str, part: dict[str, Any]
) -> None:
    good = [[_part(kind, **part, relevantTypes=types)] for types in (IRIS, IRIS[:1])]
    wrong = [*NOT_ARRAYS, [], *([iri] for iri in NOT_IRIS), [IRIS[0], "x"]]
    bad = [[_part(kind, **part, relevantTypes=types)] for types in wrong]
    judge(lrs, f"context.{name}", takes=good, refuses=bad)


@ONLY_OLD
@BOTH_KINDS
def test_4_2_2_5_one_does_not_have_them(
    lrs: Lrs, name: str, kind: str, part: dict[str, Any]
) -> None:
    judge(lrs, f"context.{name}", takes=[], refuses=[[_part(kind, **part)]])
    assert_taken(lrs, statement(context={}))


@ONLY_NEW
@BOTH_KINDS
def test_4_2_2_5_related_agents_looks_at_them(
    lrs: Lrs, name: str, kind: str, part: dict[str, Any]
) -> None:
    [id_, _] = lrs.stored(statement(context={name: [_part(kind, **part)]}), statement())
    agent = '{"mbox":"mailto:somebody@example.org"}'
    assert ids(lrs.found(agent=agent)) == []
    assert ids(lrs.found(agent=agent, related_agents="true")) == [id_]


# 4.2.4 and 4.2.7: timestamps ------------------------------------------------------------------
def test_4_2_4_2_without_a_timestamp_it_is_when_it_was_stored(lrs: Lrs) -> None:
    [id_] = lrs.stored(statement())
    kept = lrs.one(statementId=id_)
    assert kept["timestamp"] == kept["stored"]


def test_4_2_4_1_a_timestamp_may_be_later_than_now(lrs: Lrs) -> None:
    later = (datetime.now(UTC) + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert_taken(lrs, statement(timestamp=later))


@ONLY_NEW
def test_4_2_7_a_timestamp_is_converted_to_utc(lrs: Lrs) -> None:
    said = "2026-11-25T12:00:00.123+02:00"
    [id_] = lrs.stored(statement(timestamp=said))
    kept = lrs.one(statementId=id_)["timestamp"]
    assert kept.endswith("Z")
    assert moment(kept) == moment(said)


@ONLY_NEW
def test_4_2_7_a_timestamp_in_a_sub_statement_is_converted_to_utc(lrs: Lrs) -> None:
    said = statement(timestamp="2026-11-25T12:00:00.123+02:00")
    [id_] = lrs.stored(statement(object={"objectType": "SubStatement", **said}))
    kept = lrs.one(statementId=id_)["object"]["timestamp"]
    assert moment(kept) == moment(said["timestamp"])
    assert kept.endswith("Z")


@ONLY_OLD
def test_4_2_7_one_keeps_a_timestamp_as_it_was_said(lrs: Lrs) -> None:
    assert_taken(lrs, statement(timestamp="2026-11-25T12:00:00.123+02:00"))


# 4.2.7: durations and IRIs --------------------------------------------------------------------
@ONLY_NEW
def test_4_2_7_durations_are_compared_to_a_hundredth_of_a_second(lrs: Lrs) -> None:
    said = statement(id=str(uuid4()), result={"duration": "PT1.234567S"})
    assert_taken(lrs, said)
    assert_statuses([lrs.post(said | {"result": {"duration": "PT1.239S"}})], 200)
    assert_statuses([lrs.post(said | {"result": {"duration": "PT1.24S"}})], 409)


def test_4_2_7_iris_are_the_same_to_the_letter(lrs: Lrs) -> None:
    iri = "http://example.org/A"
    [id_] = lrs.stored(statement(object={"id": iri}))
    assert ids(lrs.found(activity=iri)) == [id_]
    for other in ("http://example.org/a", "http://EXAMPLE.org/A", "http://example.org/%41"):
        assert lrs.found(activity=other) == []
