"""What the store sets or keeps: timestamp, stored, authority and version.

xAPI 1.0.3, Data 2.4.7 to 2.4.10; IEEE 9274.1.1 (2.0), 4.2.4.2 and 4.2.4.3.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from leer.xapi.statements.formats import moment
from tests.xapi.requirements.kit import (
    AGENTS,
    ANOTHER,
    GROUPS,
    NEW,
    NOT_AGENTS,
    NOT_STRINGS,
    OLD,
    ONLY_NEW,
    ONLY_OLD,
    SINGLE_IDENTIFIERS,
    SOMEBODY,
    assert_accepted,
    assert_refused,
    assert_taken,
    judge,
)
from tests.xapi.rest_client import Lrs, statement

# An application and the person for whom it speaks (OAuth).
PAIR: dict[str, Any] = {
    "objectType": "Group",
    "member": [
        {"account": {"homePage": "https://example.org/oauth/token", "name": "the application"}},
        SOMEBODY,
    ],
}
NOT_MOMENTS: list[Any] = [*NOT_STRINGS, "", "today", "2026-13-01T00:00:00Z", "25:00:00", "2026"]
LONG_AGO = "2016-11-25T10:00:00.000Z"


def test_xapi_00022_a_timestamp_is_a_timestamp(lrs: Lrs) -> None:
    judge(lrs, "timestamp", takes=[LONG_AGO, "2026-11-25T10:00:00Z"], refuses=NOT_MOMENTS)


def _stored(lrs: Lrs, **said: Any) -> datetime:
    """When this was stored, as the store says."""
    [id_] = lrs.stored(statement(**said))
    return moment(lrs.one(statementId=id_)["stored"])


def test_xapi_00023_stored_is_a_timestamp(lrs: Lrs) -> None:
    begun = datetime.now(UTC)
    assert abs(_stored(lrs) - begun) < timedelta(seconds=30)
    assert_refused(lrs, *(statement(stored=bad) for bad in NOT_MOMENTS))


def test_xapi_00024_an_authority_is_an_agent_or_a_group(lrs: Lrs) -> None:
    bad = [*NOT_AGENTS, {"objectType": "Activity", "id": "http://example.org/x"}]
    assert_accepted(lrs, *(statement(authority=one) for one in [*AGENTS, PAIR]))
    assert_refused(lrs, *(statement(authority=one) for one in bad))


def test_xapi_00097_stored_is_set_by_the_store_whatever_was_said(lrs: Lrs) -> None:
    assert abs(_stored(lrs, stored=LONG_AGO) - datetime.now(UTC)) < timedelta(seconds=30)


def test_xapi_00098_an_authority_that_is_a_group_has_two_members(lrs: Lrs) -> None:
    assert_accepted(lrs, statement(authority=PAIR))
    for members in ([], [SOMEBODY], [SOMEBODY, ANOTHER, *SINGLE_IDENTIFIERS[2:]]):
        assert_refused(lrs, statement(authority=PAIR | {"member": members}))


def test_xapi_00099_the_authority_is_who_sent_it(lrs: Lrs) -> None:
    for said in (statement(), statement(authority=ANOTHER)):
        [id_] = lrs.stored(said)
        authority = lrs.one(statementId=id_)["authority"]
        assert authority["objectType"] == "Agent"
        assert authority["account"]["name"] == lrs.credential.key


def test_xapi_00100_an_authority_that_is_a_group_is_an_oauth_pair(lrs: Lrs) -> None:
    """A pair has no identifier of its own."""
    assert_accepted(lrs, statement(authority=PAIR))
    assert_refused(lrs, statement(authority=PAIR | ANOTHER))
    assert_refused(lrs, *(statement(authority=group) for group in GROUPS[1:]))


def test_xapi_00101_a_version_is_one_point_zero(lrs: Lrs) -> None:
    """In 2.0 a store SHOULD NOT refuse a statement for this only (4.2.4.2); the suite asks that it
    does.
    """
    bad = [
        *NOT_STRINGS,
        "",
        "text",
        "0.9.9",
        "0.95",
        "1.1.0",
        "1.0.",
        "1.0.x",
        "1",
        "3.0.0",
        "1.0.0\n",
    ]
    judge(lrs, "version", takes=["1.0", "1.0.0", "1.0.9"], refuses=bad)


@ONLY_OLD
def test_xapi_00101_two_is_refused_by_one(lrs: Lrs) -> None:
    assert_refused(lrs, statement(version=NEW))
    assert_taken(lrs, statement(version=OLD))


@ONLY_NEW
def test_xapi_00101_two_is_taken_by_two(lrs: Lrs) -> None:
    assert_taken(lrs, statement(version=NEW))


def test_xapi_00332_a_statement_keeps_the_version_that_it_came_with(lrs: Lrs) -> None:
    assert_taken(lrs, *(statement(version=one) for one in ("1.0", "1.0.0", "1.0.3", "1.0.7")))
    [id_] = lrs.stored(statement())
    assert lrs.one(statementId=id_)["version"] == {OLD: "1.0.0", NEW: NEW}[lrs.version]
