"""Agents and Groups: xAPI 1.0.3, Data 2.4.2; IEEE 9274.1.1 (2.0), 4.2.2.1."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.xapi.requirements.kit import (
    ABSENT,
    AGENTS,
    ANOTHER,
    DOUBLE_IDENTIFIERS,
    GROUPS,
    IDENTIFIERS,
    IRIS,
    NOT_AGENTS,
    NOT_IRIS,
    NOT_STRINGS,
    SINGLE_IDENTIFIERS,
    SOMEBODY,
    STRINGS,
    judge,
)
from tests.xapi.rest_client import Lrs

# Where an Agent may stand, and where a Group may.
ACTOR, INSTRUCTOR, TEAM, OBJECT = "actor", "context.instructor", "context.team", "object"
ANYBODY = pytest.mark.parametrize("place", [ACTOR, INSTRUCTOR])
GROUP = {"objectType": "Group"}


def _with(name: str, values: Iterable[Any], **also: Any) -> list[dict[str, Any]]:
    """Agents with this property."""
    return [{name: value, **also} for value in values]


@ANYBODY
def test_xapi_00031_an_actor_is_an_agent_or_a_group(lrs: Lrs, place: str) -> None:
    kinds = ["Agent", "Group"]
    wrong = ["agent", "Person", "Activity", "StatementRef", "SubStatement", ""]
    judge(
        lrs,
        place,
        takes=_with("objectType", kinds, **SOMEBODY),
        refuses=_with("objectType", wrong, **SOMEBODY),
    )


@ANYBODY
def test_xapi_00032_object_type_is_a_string(lrs: Lrs, place: str) -> None:
    bad = _with("objectType", NOT_STRINGS, **SOMEBODY)
    judge(lrs, place, takes=[SOMEBODY, {"objectType": "Agent", **SOMEBODY}], refuses=bad)


@ANYBODY
def test_xapi_00033_a_name_is_a_string(lrs: Lrs, place: str) -> None:
    for also in (SOMEBODY, GROUP | SOMEBODY, GROUP | {"member": [SOMEBODY]}):
        good, bad = _with("name", STRINGS, **also), _with("name", NOT_STRINGS, **also)
        judge(lrs, place, takes=good, refuses=bad)


@ANYBODY
def test_xapi_00034_an_agent_has_one_identifier(lrs: Lrs, place: str) -> None:
    judge(lrs, place, takes=SINGLE_IDENTIFIERS, refuses=DOUBLE_IDENTIFIERS)
    judge(
        lrs, place, takes=AGENTS, refuses=[{}, {"name": "x"}, {"objectType": "Agent"}, IDENTIFIERS]
    )


@ANYBODY
def test_xapi_00035_only_a_group_has_members_and_without_identifier_it_must(
    lrs: Lrs, place: str
) -> None:
    member = {"member": [SOMEBODY]}
    good = [GROUP | member, GROUP | ANOTHER | member, GROUP | ANOTHER]
    bad = [GROUP, GROUP | {"name": "x"}, GROUP | {"member": []}, ANOTHER | member, member]
    judge(lrs, place, takes=good, refuses=bad)


@ANYBODY
def test_xapi_00036_members_are_agents(lrs: Lrs, place: str) -> None:
    good = [[one] for one in AGENTS] + [[SOMEBODY, ANOTHER], [SOMEBODY, SOMEBODY]]
    bad: list[Any] = [[one] for one in [*NOT_AGENTS, *DOUBLE_IDENTIFIERS, *GROUPS]]
    bad += [SOMEBODY, "text", 1, None, [SOMEBODY, "text"], [[SOMEBODY]]]
    judge(lrs, place, takes=_with("member", good, **GROUP), refuses=_with("member", bad, **GROUP))


@pytest.mark.parametrize("place", [ACTOR, INSTRUCTOR, TEAM])
def test_xapi_00037_a_group_has_at_most_one_identifier(lrs: Lrs, place: str) -> None:
    good = [GROUP | one for one in SINGLE_IDENTIFIERS]
    judge(lrs, place, takes=GROUPS + good, refuses=[GROUP | one for one in DOUBLE_IDENTIFIERS])


@pytest.mark.parametrize("group", [{}, GROUP], ids=["agent", "group"])
@ANYBODY
def test_xapi_00038_an_mbox_is_a_mailto_iri(lrs: Lrs, place: str, group: dict[str, Any]) -> None:
    good = ["mailto:a@example.org", "mailto:a.b+c@example.org"]
    bad = [*NOT_STRINGS, "", "a@example.org", "mailto:", "mailto:a", "mailto:@example.org"]
    bad += [
        "MAILTO a@example.org",
        "http://a@example.org",
        "mailto:a b@example.org",
        "mailto:a@example.org\n",
    ]
    judge(lrs, place, takes=_with("mbox", good, **group), refuses=_with("mbox", bad, **group))


@pytest.mark.parametrize("group", [{}, GROUP], ids=["agent", "group"])
@ANYBODY
def test_xapi_00039_an_mbox_sha1sum_is_a_string_of_forty_digits(
    lrs: Lrs, place: str, group: dict[str, Any]
) -> None:
    name, good = "mbox_sha1sum", ["0123456789abcdef" * 2 + "01234567", "A" * 40]
    bad = [*NOT_STRINGS, "", "a" * 39, "a" * 41, "g" * 40, "a" * 40 + "\n", "mailto:a@example.org"]
    judge(lrs, place, takes=_with(name, good, **group), refuses=_with(name, bad, **group))


@pytest.mark.parametrize("group", [{}, GROUP], ids=["agent", "group"])
@ANYBODY
def test_xapi_00040_an_openid_is_a_uri(lrs: Lrs, place: str, group: dict[str, Any]) -> None:
    good, bad = _with("openid", IRIS, **group), _with("openid", NOT_IRIS, **group)
    judge(lrs, place, takes=good, refuses=bad)


ACCOUNT = {"homePage": "https://example.org", "name": "x"}


@pytest.mark.parametrize("group", [{}, GROUP], ids=["agent", "group"])
@ANYBODY
def test_xapi_00041_an_account_is_an_account_object(
    lrs: Lrs, place: str, group: dict[str, Any]
) -> None:
    bad = ["text", 1, True, None, [], [ACCOUNT], {}, ACCOUNT | {"shoe": "left"}]
    good = _with("account", [ACCOUNT], **group)
    judge(lrs, place, takes=good, refuses=_with("account", bad, **group))


@ANYBODY
def test_xapi_00042_an_account_has_a_home_page(lrs: Lrs, place: str) -> None:
    judge(lrs, place, takes=[{"account": ACCOUNT}], refuses=[{"account": {"name": "x"}}])
    judge(lrs, "actor.account.homePage", takes=IRIS, refuses=[ABSENT, *NOT_IRIS])


@ANYBODY
def test_xapi_00043_an_account_has_a_name(lrs: Lrs, place: str) -> None:
    nameless = {"account": {"homePage": ACCOUNT["homePage"]}}
    judge(lrs, place, takes=[{"account": ACCOUNT}], refuses=[nameless])
    judge(lrs, "actor.account.name", takes=STRINGS, refuses=[ABSENT, *NOT_STRINGS])
