"""The Agent Profile Resource: xAPI 1.0.3, Communication 2.6; IEEE 9274.1.1 (2.0), 4.1.6.5."""

from tests.xapi.requirements.documents import (
    AGENT_PROFILE,
    NEW_ONE,
    NOT_AGENTS,
    NOT_MOMENTS,
)
from tests.xapi.requirements.kit import assert_statuses
from tests.xapi.rest_client import Lrs

PROFILE = AGENT_PROFILE

ANOTHER = '{"mbox":"mailto:another@example.org"}'


def test_xapi_00255_delete_with_what_is_no_agent_is_refused(lrs: Lrs) -> None:
    PROFILE.refuses(lrs, "DELETE", "agent", NOT_AGENTS)


def test_xapi_00256_post_with_what_is_no_agent_is_refused(lrs: Lrs) -> None:
    PROFILE.refuses(lrs, "POST", "agent", NOT_AGENTS)


def test_xapi_00257_put_with_what_is_no_agent_is_refused(lrs: Lrs) -> None:
    PROFILE.refuses(lrs, "PUT", "agent", NOT_AGENTS)


def test_xapi_00258_get_with_what_is_no_agent_is_refused(lrs: Lrs) -> None:
    PROFILE.refuses(lrs, "GET", "agent", NOT_AGENTS)


def test_xapi_00259_get_with_an_agent_gives_the_document_of_that_one(lrs: Lrs) -> None:
    PROFILE.keep(lrs, {"of": "one"})
    PROFILE.keep(lrs, {"of": "another"}, agent=ANOTHER)
    assert PROFILE.value(lrs) == {"of": "one"}
    assert PROFILE.value(lrs, agent=ANOTHER) == {"of": "another"}


def test_xapi_00260_get_since_what_is_no_timestamp_is_refused(lrs: Lrs) -> None:
    bad = [PROFILE.send(lrs, "GET", without="profileId", since=value) for value in NOT_MOMENTS]
    assert_statuses(bad, 400)
    assert PROFILE.names(lrs, since="2026-11-25T10:00:00Z") == []


def test_xapi_00261_get_without_agent_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "GET", "agent")


def test_xapi_00262_delete_without_agent_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "DELETE", "agent")


def test_xapi_00263_post_without_agent_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "POST", "agent")


def test_xapi_00264_put_without_agent_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "PUT", "agent")


def test_xapi_00265_delete_without_profile_id_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "DELETE", "profileId")


def test_xapi_00266_post_without_profile_id_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "POST", "profileId")


def test_xapi_00267_put_without_profile_id_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "PUT", "profileId")


def test_xapi_00268_get_looks_at_since(lrs: Lrs) -> None:
    PROFILE.keep(lrs, {})
    assert PROFILE.names(lrs, since="2016-11-25T10:00:00Z") == ["p"]
    assert PROFILE.names(lrs, since="2096-11-25T10:00:00Z") == []


def test_xapi_00269_get_with_profile_id_gives_that_document(lrs: Lrs) -> None:
    PROFILE.gives_one(lrs)


def test_xapi_00270_get_without_profile_id_gives_their_names(lrs: Lrs) -> None:
    PROFILE.gives_names(lrs)
    assert PROFILE.names(lrs, agent=ANOTHER) == []


def test_xapi_00271_delete_removes_that_document(lrs: Lrs) -> None:
    PROFILE.removes_one(lrs)


def test_xapi_00272_post_is_answered_with_204(lrs: Lrs) -> None:
    PROFILE.takes(lrs, "POST")


def test_xapi_00273_put_is_answered_with_204(lrs: Lrs) -> None:
    PROFILE.takes(lrs, "PUT")


def test_xapi_00273_put_without_a_condition_is_refused(lrs: Lrs) -> None:
    """The suite has this under the same number in 1.0.3."""
    assert_statuses([PROFILE.send(lrs, "PUT", {"n": 1})], 400)
    assert_statuses([PROFILE.send(lrs, "PUT", {"n": 1}, headers=NEW_ONE)], 204)
    assert_statuses([PROFILE.send(lrs, "PUT", {"n": 2})], 409)
    assert PROFILE.value(lrs) == {"n": 1}


def test_xapi_00274_get_is_accepted(lrs: Lrs) -> None:
    PROFILE.takes(lrs, "GET")


def test_xapi_00275_names_since_a_moment_are_of_what_was_stored_after_it(lrs: Lrs) -> None:
    PROFILE.gives_names_since(lrs)


def test_xapi_00276_post_takes_a_profile_id_as_text(lrs: Lrs) -> None:
    PROFILE.names_are_text(lrs, "POST")


def test_xapi_00277_put_takes_a_profile_id_as_text(lrs: Lrs) -> None:
    PROFILE.names_are_text(lrs, "PUT")


def test_xapi_00278_post_merges_json_only(lrs: Lrs) -> None:
    PROFILE.merges_json_only(lrs)


def test_xapi_00279_post_merges(lrs: Lrs) -> None:
    PROFILE.merges(lrs)


def test_xapi_00280_post_stores_a_new_document(lrs: Lrs) -> None:
    PROFILE.stores_a_new_one_by_post(lrs)


def test_xapi_00281_post_merges_objects_only(lrs: Lrs) -> None:
    PROFILE.merges_objects_only(lrs)


def test_xapi_00282_it_is_at_agents_profile(lrs: Lrs) -> None:
    PROFILE.is_there(lrs)


def test_xapi_00283_post_stores_a_document(lrs: Lrs) -> None:
    assert_statuses([PROFILE.send(lrs, "POST", {"n": 1})], 204)
    assert PROFILE.value(lrs) == {"n": 1}


def test_xapi_00284_post_refuses_spoiled_json(lrs: Lrs) -> None:
    PROFILE.refuses_spoiled_json(lrs)
