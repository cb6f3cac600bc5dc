"""What it belongs to: xAPI 1.0.3, Data 2.4.6; IEEE 9274.1.1 (2.0), 4.2.2.5."""

from typing import Any

import pytest

from tests.xapi.requirements.kit import (
    ABSENT,
    AGENTS,
    FULL,
    GROUPS,
    NOT_AGENTS,
    NOT_IRIS,
    NOT_OBJECTS,
    NOT_STRINGS,
    NOT_TAGS,
    NOT_UUIDS,
    SOMEBODY,
    STRINGS,
    TAGS,
    UUIDS,
    assert_refused,
    assert_taken,
    inside,
    judge,
)
from tests.xapi.rest_client import ACTIVITY, Lrs, statement

LISTS = ["parent", "grouping", "category", "other"]
AROUND = {"id": "http://example.org/course"}
NOT_ACTIVITIES: list[Any] = [
    {"objectType": "Agent", **SOMEBODY},
    *GROUPS,
    {"objectType": "StatementRef", "id": UUIDS[0]},
    {"objectType": "SubStatement", **statement()},
]


def _only_about_an_activity(lrs: Lrs, name: str) -> None:
    """A statement with this in its context has an Activity as its object."""
    context = {name: "x"}
    activities = [{"id": ACTIVITY}, {"id": ACTIVITY, "objectType": "Activity"}]
    for form in (lambda said: said, inside):
        for about in activities:
            assert_taken(lrs, form(statement(context=context, object=about)))
        for about in NOT_ACTIVITIES[:-1]:
            assert_taken(lrs, form(statement(context={}, object=about)))
            assert_refused(lrs, form(statement(context=context, object=about)))
    assert_refused(lrs, statement(context=context, object=NOT_ACTIVITIES[-1]))


def test_xapi_00084_a_revision_is_of_an_activity(lrs: Lrs) -> None:
    _only_about_an_activity(lrs, "revision")


def test_xapi_00085_a_platform_is_of_an_activity(lrs: Lrs) -> None:
    _only_about_an_activity(lrs, "platform")


def test_xapi_00086_context_activities_are_an_object(lrs: Lrs) -> None:
    good = [ABSENT, {}, {"parent": [AROUND]}]
    judge(lrs, "context.contextActivities", takes=good, refuses=NOT_OBJECTS)


def test_xapi_00087_a_registration_is_a_uuid(lrs: Lrs) -> None:
    judge(lrs, "context.registration", takes=[ABSENT, *UUIDS], refuses=NOT_UUIDS)


def test_xapi_00087_an_instructor_is_an_agent_or_a_group(lrs: Lrs) -> None:
    """The suite has this under the same number (00087-2)."""
    good = [ABSENT, *AGENTS, *GROUPS]
    judge(lrs, "context.instructor", takes=good, refuses=NOT_AGENTS)


def test_xapi_00088_a_team_is_a_group(lrs: Lrs) -> None:
    bad = [*NOT_AGENTS, *AGENTS, {"objectType": "Group"}]
    judge(lrs, "context.team", takes=[ABSENT, *GROUPS], refuses=bad)


def test_xapi_00089_a_revision_is_a_string(lrs: Lrs) -> None:
    judge(lrs, "context.revision", takes=[ABSENT, *STRINGS], refuses=NOT_STRINGS)


def test_xapi_00090_a_platform_is_a_string(lrs: Lrs) -> None:
    judge(lrs, "context.platform", takes=[ABSENT, *STRINGS], refuses=NOT_STRINGS)


def test_xapi_00091_a_language_is_a_language_tag(lrs: Lrs) -> None:
    judge(lrs, "context.language", takes=[ABSENT, *TAGS], refuses=[*NOT_STRINGS, *NOT_TAGS])


def test_xapi_00092_a_statement_is_a_reference(lrs: Lrs) -> None:
    good = FULL["context"]["statement"]
    bad = [*NOT_OBJECTS, {}, {"id": UUIDS[0]}, good | {"id": "1"}, good | {"objectType": "x"}]
    bad += [{"objectType": "StatementRef"}, statement()]
    judge(lrs, "context.statement", takes=[ABSENT, good], refuses=bad)


def test_xapi_00093_the_keys_of_context_activities_are_four(lrs: Lrs) -> None:
    good = [{name: [AROUND]} for name in LISTS]
    bad = [{name: [AROUND]} for name in ("Parent", "child", "", "http://example.org/x")]
    judge(lrs, "context.contextActivities", takes=good, refuses=bad)


@pytest.mark.parametrize("name", LISTS)
def test_xapi_00094_the_values_are_activities(lrs: Lrs, name: str) -> None:
    place = f"context.contextActivities.{name}"
    good = [ABSENT, [], [AROUND], [AROUND | {"objectType": "Activity"}, {"id": ACTIVITY}]]
    bad = [[one] for one in [*NOT_OBJECTS, {}, *NOT_ACTIVITIES, *({"id": x} for x in NOT_IRIS)]]
    judge(lrs, place, takes=good, refuses=["text", 1, None, {}, *bad])


def test_xapi_00095_context_activities_may_be_empty(lrs: Lrs) -> None:
    """That they must not be was withdrawn (the call on the specification of 8 February 2017): an
    empty object is something that a client SHOULD NOT send, and 2.2 has no refusal of it.
    """
    judge(lrs, "context.contextActivities", takes=[{}, {"parent": []}], refuses=[[]])


@pytest.mark.parametrize("name", LISTS)
def test_xapi_00096_a_single_context_activity_comes_back_in_a_list(lrs: Lrs, name: str) -> None:
    context = {"contextActivities": {name: AROUND}}
    said = statement(context=context)
    [id_] = lrs.stored(said)
    assert lrs.one(statementId=id_)["context"]["contextActivities"] == {name: [AROUND]}
    [id_] = lrs.stored(inside(said))
    around = lrs.one(statementId=id_)["object"]["context"]["contextActivities"]
    assert around == {name: [AROUND]}
