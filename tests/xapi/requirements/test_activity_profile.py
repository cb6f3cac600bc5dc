"""The Activity Profile Resource: xAPI 1.0.3, Communication 2.7; IEEE 9274.1.1 (2.0), 4.1.6.6."""

import pytest

from tests.xapi.requirements.documents import (
    ACTIVITY_PROFILE,
    NEW_ONE,
    NOT_MOMENTS,
    PERSON_TEXT,
)
from tests.xapi.requirements.kit import assert_statuses
from tests.xapi.rest_client import Lrs

PROFILE = ACTIVITY_PROFILE


def test_xapi_00285_delete_removes_that_document(lrs: Lrs) -> None:
    PROFILE.removes_one(lrs)


def test_xapi_00286_post_is_answered_with_204(lrs: Lrs) -> None:
    PROFILE.takes(lrs, "POST")


def test_xapi_00287_put_is_answered_with_204(lrs: Lrs) -> None:
    PROFILE.takes(lrs, "PUT")


def test_xapi_00288_get_with_profile_id_gives_that_document(lrs: Lrs) -> None:
    PROFILE.gives_one(lrs)


def test_xapi_00289_get_without_profile_id_gives_their_names(lrs: Lrs) -> None:
    PROFILE.gives_names(lrs)
    assert PROFILE.names(lrs, activityId="http://example.org/another") == []


def test_xapi_00290_get_is_accepted(lrs: Lrs) -> None:
    PROFILE.takes(lrs, "GET")


def test_xapi_00291_delete_is_accepted(lrs: Lrs) -> None:
    PROFILE.takes(lrs, "DELETE")


def test_xapi_00292_post_stores_a_document(lrs: Lrs) -> None:
    assert_statuses([PROFILE.send(lrs, "POST", {"n": 1})], 204)
    assert PROFILE.value(lrs) == {"n": 1}


def test_xapi_00293_put_stores_a_document(lrs: Lrs) -> None:
    assert_statuses([PROFILE.send(lrs, "PUT", {"n": 1})], 400)
    assert_statuses([PROFILE.send(lrs, "PUT", {"n": 1}, headers=NEW_ONE)], 204)
    assert PROFILE.value(lrs) == {"n": 1}


def test_xapi_00294_names_since_a_moment_are_of_what_was_stored_after_it(lrs: Lrs) -> None:
    PROFILE.gives_names_since(lrs)


def test_xapi_00295_get_since_what_is_no_timestamp_is_refused(lrs: Lrs) -> None:
    bad = [PROFILE.send(lrs, "GET", without="profileId", since=value) for value in NOT_MOMENTS]
    assert_statuses(bad, 400)
    assert PROFILE.names(lrs, since="2026-11-25T10:00:00Z") == []


def test_xapi_00296_get_without_activity_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "GET", "activityId")


def test_xapi_00297_delete_without_activity_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "DELETE", "activityId")


def test_xapi_00298_post_without_activity_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "POST", "activityId")


def test_xapi_00299_put_without_activity_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "PUT", "activityId")


def test_xapi_00300_delete_without_profile_id_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "DELETE", "profileId")


def test_xapi_00301_post_without_profile_id_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "POST", "profileId")


def test_xapi_00302_put_without_profile_id_is_refused(lrs: Lrs) -> None:
    PROFILE.needs(lrs, "PUT", "profileId")


def test_xapi_00303_get_looks_at_since(lrs: Lrs) -> None:
    PROFILE.keep(lrs, {})
    assert PROFILE.names(lrs, since="2016-11-25T10:00:00Z") == ["p"]
    assert PROFILE.names(lrs, since="2096-11-25T10:00:00Z") == []


@pytest.mark.parametrize("agent", ["text", PERSON_TEXT], ids=["no JSON", "an agent"])
def test_xapi_00304_get_has_no_agent(lrs: Lrs, agent: str) -> None:
    """What is no JSON is refused, as the requirement has it, and every other value too: the
    resource has no such parameter (2.7, and 00324).
    """
    PROFILE.keep(lrs, {})
    assert_statuses([PROFILE.send(lrs, "GET", agent=agent)], 400)
    assert_statuses([PROFILE.send(lrs, "GET")], 200)


def test_xapi_00305_delete_takes_a_profile_id_as_text(lrs: Lrs) -> None:
    PROFILE.names_are_text(lrs, "DELETE")


def test_xapi_00306_post_takes_a_profile_id_as_text(lrs: Lrs) -> None:
    PROFILE.names_are_text(lrs, "POST")


def test_xapi_00307_put_takes_a_profile_id_as_text(lrs: Lrs) -> None:
    PROFILE.names_are_text(lrs, "PUT")


def test_xapi_00308_post_merges(lrs: Lrs) -> None:
    PROFILE.merges(lrs)


def test_xapi_00309_post_merges_json_only(lrs: Lrs) -> None:
    PROFILE.merges_json_only(lrs)


def test_xapi_00310_post_stores_a_new_document(lrs: Lrs) -> None:
    PROFILE.stores_a_new_one_by_post(lrs)


def test_xapi_00311_it_is_at_activities_profile(lrs: Lrs) -> None:
    PROFILE.is_there(lrs)


def test_xapi_00312_post_takes_a_document_of_any_type(lrs: Lrs) -> None:
    headers = {"content_type": "image/png"}
    assert_statuses([PROFILE.send(lrs, "POST", b"\x89PNG", headers=headers)], 204)
    assert PROFILE.content(lrs) == b"\x89PNG"


def test_xapi_00313_post_merges_objects_only(lrs: Lrs) -> None:
    PROFILE.merges_objects_only(lrs)


def test_xapi_00314_post_refuses_spoiled_json(lrs: Lrs) -> None:
    PROFILE.refuses_spoiled_json(lrs)
