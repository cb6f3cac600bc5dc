"""The Activities Resource: xAPI 1.0.3, Communication 2.5; IEEE 9274.1.1 (2.0), 4.1.6.4."""

from typing import Any

from tests.xapi.requirements.kit import FULL, assert_statuses, read
from tests.xapi.rest_client import ACTIVITY, Lrs, statement

QUERY = {"activityId": ACTIVITY}


def _activity(lrs: Lrs, iri: str = ACTIVITY) -> Any:
    return read(lrs.send("GET", "activities", {"activityId": iri}))


def _define(lrs: Lrs, **definition: Any) -> None:
    lrs.stored(statement(object={"id": ACTIVITY, "definition": definition}))


def test_xapi_00250_get_without_activity_is_refused(lrs: Lrs) -> None:
    assert_statuses([lrs.send("GET", "activities")], 400)
    bad = [{"activityId": iri} for iri in ("", "text", "example.org/x")]
    assert_statuses([lrs.send("GET", "activities", query) for query in bad], 400)
    assert_statuses([lrs.send("GET", "activities", QUERY)], 200)


def test_xapi_00251_get_gives_the_whole_activity(lrs: Lrs) -> None:
    definition = FULL["object"]["definition"]
    _define(lrs, **definition)
    assert _activity(lrs) == {
        "objectType": "Activity",
        "id": ACTIVITY,
        "definition": definition,
    }


def test_xapi_00252_it_is_at_activities(lrs: Lrs) -> None:
    assert _activity(lrs)["id"] == ACTIVITY
    beside = ("activity", "activities/", "Activities")
    assert_statuses([lrs.send("GET", path, QUERY) for path in beside], 404)


def test_xapi_00253_get_is_accepted(lrs: Lrs) -> None:
    assert_statuses([lrs.send("GET", "activities", QUERY)], 200)
    others = ("POST", "PUT", "DELETE")
    assert_statuses([lrs.send(method, "activities", QUERY) for method in others], 405)


def test_xapi_00254_what_several_statements_say_comes_together(lrs: Lrs) -> None:
    _define(lrs, name={"en": "Quay"})
    _define(lrs, name={"nl": "Kade"}, type="http://example.org/walk")
    definition = _activity(lrs)["definition"]
    assert definition == {"name": {"en": "Quay", "nl": "Kade"}, "type": "http://example.org/walk"}
    assert "definition" not in _activity(lrs, "http://example.org/unknown")
