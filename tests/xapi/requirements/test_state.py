"""The State Resource: xAPI 1.0.3, Communication 2.3; IEEE 9274.1.1 (2.0), 4.1.6.2."""

import pytest

from tests.xapi.requirements.documents import (
    NOT_AGENTS,
    NOT_JSON,
    NOT_MOMENTS,
    NOT_UUIDS,
    REGISTRATIONS,
    STATE,
)
from tests.xapi.requirements.kit import assert_statuses
from tests.xapi.rest_client import Lrs

FIRST, SECOND = REGISTRATIONS


def test_xapi_00187_delete_is_accepted(lrs: Lrs) -> None:
    STATE.takes(lrs, "DELETE")


def test_xapi_00188_get_is_accepted(lrs: Lrs) -> None:
    STATE.takes(lrs, "GET")


def test_xapi_00189_post_is_accepted(lrs: Lrs) -> None:
    STATE.takes(lrs, "POST")


def test_xapi_00190_put_is_accepted(lrs: Lrs) -> None:
    STATE.takes(lrs, "PUT")


def test_xapi_00190_put_asks_for_no_condition_when_there_is_none(lrs: Lrs) -> None:
    assert_statuses([STATE.send(lrs, "PUT", {"n": 1})], 204)
    assert STATE.value(lrs) == {"n": 1}


def test_xapi_00191_delete_with_state_id_removes_that_document(lrs: Lrs) -> None:
    STATE.removes_one(lrs)


def test_xapi_00192_get_with_state_id_gives_that_document(lrs: Lrs) -> None:
    STATE.gives_one(lrs)


def test_xapi_00193_get_without_state_id_gives_their_names(lrs: Lrs) -> None:
    STATE.gives_names(lrs)


def test_xapi_00194_delete_without_state_id_removes_them_all(lrs: Lrs) -> None:
    other = '{"mbox":"mailto:another@example.org"}'
    STATE.keep(lrs, {}, agent=other)
    for name in ("a", "b"):
        STATE.keep(lrs, {}, stateId=name)
    assert_statuses([STATE.send(lrs, "DELETE", without="stateId")], 204)
    assert STATE.names(lrs) == []
    assert STATE.names(lrs, agent=other) == ["s"]


def test_xapi_00195_names_since_a_moment_are_of_what_was_stored_after_it(lrs: Lrs) -> None:
    STATE.gives_names_since(lrs)


def test_xapi_00196_delete_with_an_agent_that_is_no_json_is_refused(lrs: Lrs) -> None:
    STATE.refuses(lrs, "DELETE", "agent", NOT_JSON + NOT_AGENTS)


def test_xapi_00197_get_with_an_agent_that_is_no_json_is_refused(lrs: Lrs) -> None:
    STATE.refuses(lrs, "GET", "agent", NOT_JSON + NOT_AGENTS)


def test_xapi_00198_post_with_an_agent_that_is_no_json_is_refused(lrs: Lrs) -> None:
    STATE.refuses(lrs, "POST", "agent", NOT_JSON + NOT_AGENTS)


def test_xapi_00199_put_with_an_agent_that_is_no_json_is_refused(lrs: Lrs) -> None:
    STATE.refuses(lrs, "PUT", "agent", NOT_JSON + NOT_AGENTS)


def test_xapi_00200_delete_with_a_registration_that_is_no_uuid_is_refused(lrs: Lrs) -> None:
    STATE.refuses(lrs, "DELETE", "registration", NOT_UUIDS, good=FIRST)


def test_xapi_00201_get_with_a_registration_that_is_no_uuid_is_refused(lrs: Lrs) -> None:
    STATE.refuses(lrs, "GET", "registration", NOT_UUIDS, good=FIRST)


def test_xapi_00202_post_with_a_registration_that_is_no_uuid_is_refused(lrs: Lrs) -> None:
    STATE.refuses(lrs, "POST", "registration", NOT_UUIDS, good=FIRST)


def test_xapi_00203_put_with_a_registration_that_is_no_uuid_is_refused(lrs: Lrs) -> None:
    STATE.refuses(lrs, "PUT", "registration", NOT_UUIDS, good=FIRST)


def test_xapi_00204_get_since_what_is_no_timestamp_is_refused(lrs: Lrs) -> None:
    bad = [STATE.send(lrs, "GET", without="stateId", since=value) for value in NOT_MOMENTS]
    assert_statuses(bad, 400)
    assert STATE.names(lrs, since="2026-11-25T10:00:00Z") == []


@pytest.mark.parametrize("since", NOT_MOMENTS)
def test_xapi_00205_delete_since_what_is_no_timestamp_is_refused(lrs: Lrs, since: str) -> None:
    _delete_has_no_since(lrs, since)


def test_xapi_00206_put_without_state_id_is_refused(lrs: Lrs) -> None:
    STATE.needs(lrs, "PUT", "stateId")


def test_xapi_00207_delete_without_activity_is_refused(lrs: Lrs) -> None:
    STATE.needs(lrs, "DELETE", "activityId")


def test_xapi_00208_get_without_activity_is_refused(lrs: Lrs) -> None:
    STATE.needs(lrs, "GET", "activityId")


def test_xapi_00209_post_without_activity_is_refused(lrs: Lrs) -> None:
    STATE.needs(lrs, "POST", "activityId")


def test_xapi_00210_put_without_activity_is_refused(lrs: Lrs) -> None:
    STATE.needs(lrs, "PUT", "activityId")


def test_xapi_00211_post_without_state_id_is_refused(lrs: Lrs) -> None:
    STATE.needs(lrs, "POST", "stateId")


def test_xapi_00212_delete_without_agent_is_refused(lrs: Lrs) -> None:
    STATE.needs(lrs, "DELETE", "agent")


def test_xapi_00213_get_without_agent_is_refused(lrs: Lrs) -> None:
    STATE.needs(lrs, "GET", "agent")


def test_xapi_00214_post_without_agent_is_refused(lrs: Lrs) -> None:
    STATE.needs(lrs, "POST", "agent")


def test_xapi_00215_put_without_agent_is_refused(lrs: Lrs) -> None:
    STATE.needs(lrs, "PUT", "agent")


def test_xapi_00216_delete_looks_at_state_id(lrs: Lrs) -> None:
    for name in ("a", "b"):
        STATE.keep(lrs, {}, stateId=name)
    assert_statuses([STATE.send(lrs, "DELETE", stateId="b")], 204)
    assert STATE.names(lrs) == ["a"]


def test_xapi_00217_get_looks_at_state_id(lrs: Lrs) -> None:
    for name in ("a", "b"):
        STATE.keep(lrs, {"name": name}, stateId=name)
    assert [STATE.value(lrs, stateId=name) for name in "abc"] == [
        {"name": "a"},
        {"name": "b"},
        None,
    ]


EACH_ITS_OWN: list[dict[str, str]] = [{"registration": FIRST}, {"registration": SECOND}, {}]


def _keep_by_registration(lrs: Lrs, method: str) -> None:
    """A document in each of two registrations, and one outside."""
    for where in EACH_ITS_OWN:
        assert_statuses([STATE.send(lrs, method, where, **where)], 204)


def _values_by_registration(lrs: Lrs) -> list[str | None]:
    return [STATE.value(lrs, **where) for where in EACH_ITS_OWN]


def test_xapi_00218_put_looks_at_registration(lrs: Lrs) -> None:
    _keep_by_registration(lrs, "PUT")
    assert _values_by_registration(lrs) == EACH_ITS_OWN


def test_xapi_00219_delete_looks_at_registration(lrs: Lrs) -> None:
    _keep_by_registration(lrs, "PUT")
    assert_statuses([STATE.send(lrs, "DELETE", registration=FIRST)], 204)
    assert _values_by_registration(lrs) == [None, *EACH_ITS_OWN[1:]]
    assert_statuses([STATE.send(lrs, "DELETE", without="stateId", registration=SECOND)], 204)
    assert _values_by_registration(lrs) == [None, None, {}]


def test_xapi_00220_get_looks_at_registration(lrs: Lrs) -> None:
    STATE.keep(lrs, {}, registration=FIRST, stateId="in the first")
    STATE.keep(lrs, {}, registration=SECOND, stateId="in the second")
    assert STATE.names(lrs, registration=FIRST) == ["in the first"]
    assert STATE.content(lrs, registration=SECOND, stateId="in the first") is None
    assert len(STATE.names(lrs)) == 2


def test_xapi_00221_get_looks_at_since(lrs: Lrs) -> None:
    STATE.keep(lrs, {})
    assert STATE.names(lrs, since="2016-11-25T10:00:00Z") == ["s"]
    assert STATE.names(lrs, since="2096-11-25T10:00:00Z") == []


def test_xapi_00222_all_names_are_of_what_was_stored_after_since(lrs: Lrs) -> None:
    """The suite: a duplicate of 00195; here with documents that were there and changed."""
    for name in ("a", "b"):
        STATE.keep(lrs, {}, stateId=name)
    STATE.gives_names_since(lrs)


def _delete_has_no_since(lrs: Lrs, since: str) -> None:
    """The parameter is of GET only, so it is refused as any other unknown one (00324)."""
    STATE.keep(lrs, {})
    assert_statuses([STATE.send(lrs, "DELETE", without="stateId", since=since)], 400)
    assert STATE.names(lrs) == ["s"]
    assert_statuses([STATE.send(lrs, "DELETE", without="stateId")], 204)
    assert STATE.names(lrs) == []


def test_xapi_00223_delete_has_no_since(lrs: Lrs) -> None:
    """The requirement has it; the specification (2.3, in both versions) and the suite do not."""
    _delete_has_no_since(lrs, "2016-11-25T10:00:00Z")


def test_xapi_00224_delete_takes_a_state_id_as_text(lrs: Lrs) -> None:
    STATE.names_are_text(lrs, "DELETE")


def test_xapi_00225_get_takes_a_state_id_as_text(lrs: Lrs) -> None:
    STATE.names_are_text(lrs, "GET")


def test_xapi_00226_post_takes_a_state_id_as_text(lrs: Lrs) -> None:
    STATE.names_are_text(lrs, "POST")


def test_xapi_00227_post_looks_at_registration(lrs: Lrs) -> None:
    _keep_by_registration(lrs, "POST")
    assert _values_by_registration(lrs) == EACH_ITS_OWN


def test_xapi_00228_put_takes_a_state_id_as_text(lrs: Lrs) -> None:
    STATE.names_are_text(lrs, "PUT")


def test_xapi_00229_post_merges_objects_only(lrs: Lrs) -> None:
    STATE.merges_objects_only(lrs)


def test_xapi_00230_it_is_at_activities_state(lrs: Lrs) -> None:
    STATE.is_there(lrs)


def test_xapi_00231_post_stores_a_document(lrs: Lrs) -> None:
    assert_statuses([STATE.send(lrs, "POST", {"n": 1})], 204)
    assert STATE.value(lrs) == {"n": 1}


def test_xapi_00232_post_merges_json_only(lrs: Lrs) -> None:
    STATE.merges_json_only(lrs)


def test_xapi_00233_post_stores_a_new_document(lrs: Lrs) -> None:
    STATE.stores_a_new_one_by_post(lrs)


def test_xapi_00234_post_merges(lrs: Lrs) -> None:
    STATE.merges(lrs)


def test_xapi_00235_post_refuses_spoiled_json(lrs: Lrs) -> None:
    STATE.refuses_spoiled_json(lrs)
