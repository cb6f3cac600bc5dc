"""Extensions, language maps and timestamps: xAPI 1.0.3, Data 4.1, 4.2 and 4.5; IEEE 9274.1.1
(2.0), 4.2.7.
"""

from typing import Any

import pytest

from leer.xapi.statements.formats import moment
from tests.xapi.requirements.kit import (
    EXTENSIONS,
    NOT_EXTENSIONS,
    NOT_LANGUAGE_MAPS,
    NOT_TAGS,
    TAGS,
    assert_statuses,
    judge,
)
from tests.xapi.rest_client import Lrs, statement

PLACES = pytest.mark.parametrize(
    "place", ["object.definition.extensions", "result.extensions", "context.extensions"]
)
KEY = "http://example.org/e"


@PLACES
def test_xapi_00118_the_key_of_an_extension_is_an_iri(lrs: Lrs, place: str) -> None:
    bad = [{key: 1} for key in ("", "e", "example.org/e", "/e", "a b:c")]
    judge(lrs, place, takes=EXTENSIONS, refuses=bad)


@PLACES
@pytest.mark.parametrize("value", [None, "", {}, [], 0, False, {"a": [None]}], ids=repr)
def test_xapi_00119_the_value_of_an_extension_is_anything(lrs: Lrs, place: str, value: Any) -> None:
    judge(lrs, place, takes=[{KEY: value}], refuses=[])


@PLACES
def test_xapi_00120_extensions_are_pairs(lrs: Lrs, place: str) -> None:
    judge(lrs, place, takes=[{}, {KEY: 1, KEY + "/2": 2}], refuses=NOT_EXTENSIONS)


@pytest.mark.parametrize(
    "place",
    ["verb.display", "object.definition.name", "object.definition.steps.0.description",
     "attachments.0.description"],
)  # fmt: skip
def test_xapi_00121_a_language_map_is_as_in_rfc_5646(lrs: Lrs, place: str) -> None:
    bad = [*NOT_LANGUAGE_MAPS, *({"en": "x", tag: "y"} for tag in NOT_TAGS)]
    judge(lrs, place, takes=[dict.fromkeys(TAGS, "x")], refuses=bad)


@pytest.mark.parametrize("fraction", ["123", "123456", "001", "999", "000001"])
def test_xapi_00122_a_timestamp_keeps_its_milliseconds(lrs: Lrs, fraction: str) -> None:
    said = f"2026-11-25T10:00:00.{fraction}Z"
    [id_] = lrs.stored(statement(timestamp=said))
    kept = lrs.one(statementId=id_)
    assert moment(kept["timestamp"]) == moment(said)
    assert len(kept["stored"].partition(".")[2].rstrip("Z")) >= 3


MOMENTS = [
    "2026-11-25T10:00:00Z",
    "2026-11-25T10:00:00.123Z",
    "2026-11-25T10:00Z",
    "20261125T100000Z",
    "2026-11-25T10:00:00+00:00",
]
ELSEWHERE = ["2026-11-25T12:00:00+02:00", "2026-11-25T04:30:00-05:30", "2026-11-25T12:00:00+02"]
NOT_MOMENTS = [
    "",
    "today",
    "1795600800",
    "25-11-2026",
    "11/25/2026 10:00",
    "2026-11-25 at ten",
    "2026-13-25T10:00:00Z",
    "2026-11-31T10:00:00Z",
    "2026-11-25T25:00:00Z",
    "2026-11-25T10:61:00Z",
    "2026-11-25T10:00:00X",
    "2026-11-25T10:00:00Z\n",
    "2026-11-25T10:00:00-00:00",
    "2026-11-25T10:00:00-0000",
    "2026-11-25T10:00:00-00",
]


def test_xapi_00123_a_timestamp_is_in_iso_8601(lrs: Lrs) -> None:
    judge(lrs, "timestamp", takes=MOMENTS, refuses=NOT_MOMENTS)


def test_xapi_00123_with_an_offset_too(lrs: Lrs) -> None:
    """2.0 gives back the same moment in UTC."""
    for said in ELSEWHERE:
        [id_] = lrs.stored(statement(timestamp=said))
        assert moment(lrs.one(statementId=id_)["timestamp"]) == moment(said)


def test_xapi_00123_as_a_parameter_too(lrs: Lrs) -> None:
    for name in ("since", "until"):
        good = [lrs.send("GET", query={name: said}) for said in MOMENTS + ELSEWHERE]
        assert_statuses(good, 200)
        assert_statuses([lrs.send("GET", query={name: said}) for said in NOT_MOMENTS], 400)
