"""Ids of statements: xAPI 1.0.3, Data 2.4.1 and 4.4; IEEE 9274.1.1 (2.0), 4.2.4.2."""

from uuid import UUID

import pytest

from tests.xapi.requirements.kit import (
    ABSENT,
    NOT_STRINGS,
    NOT_UUIDS,
    UUIDS,
    assert_refused,
    assert_taken,
    changed,
    inside,
    judge,
)
from tests.xapi.rest_client import Lrs, pointing, statement

PLACES = ["context.registration", "context.statement.id"]


def test_xapi_00026_a_statement_without_id_gets_one(lrs: Lrs) -> None:
    [first, second] = lrs.stored(statement(), statement())
    assert first != second
    for id_ in (first, second):
        assert UUID(id_).variant == "specified in RFC 4122"
        assert lrs.one(statementId=id_)["id"] == id_


def test_xapi_00027_an_id_is_a_uuid(lrs: Lrs) -> None:
    judge(lrs, "id", takes=[*UUIDS, ABSENT], refuses=NOT_UUIDS)


def test_xapi_00028_an_id_is_a_string(lrs: Lrs) -> None:
    judge(lrs, "id", takes=[UUIDS[0]], refuses=NOT_STRINGS)


@pytest.mark.parametrize("place", PLACES)
def test_xapi_00029_a_uuid_is_written_in_the_standard_form(lrs: Lrs, place: str) -> None:
    bad = [
        UUIDS[0].replace("-", ""),
        f"{{{UUIDS[0]}}}",
        f"urn:uuid:{UUIDS[0]}",
        UUIDS[0].replace("-", "_"),
        f" {UUIDS[0]}",
    ]
    judge(lrs, place, takes=UUIDS, refuses=bad)


@pytest.mark.parametrize("place", PLACES)
def test_xapi_00030_a_uuid_is_as_in_rfc_4122(lrs: Lrs, place: str) -> None:
    judge(lrs, place, takes=UUIDS, refuses=NOT_UUIDS)


def test_xapi_00030_the_target_of_a_reference_too(lrs: Lrs) -> None:
    for good in UUIDS:
        assert_taken(lrs, pointing(good), inside(pointing(good)))
    for bad in NOT_UUIDS:
        assert_refused(lrs, pointing(bad), inside(pointing(bad)))


def test_an_id_that_is_the_same_but_for_its_case_is_the_same(lrs: Lrs) -> None:
    assert_taken(lrs, said := changed("id", UUIDS[1]))
    assert lrs.one(statementId=UUIDS[1].lower())["id"] == said["id"]
