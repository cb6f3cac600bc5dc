"""What a statement says of its attachments: xAPI 1.0.3, Data 2.4.11; IEEE 9274.1.1 (2.0), 4.2.2.6.
Their bytes are in ``test_content_types``.
"""

from typing import Any

from tests.xapi.requirements.kit import (
    ABSENT,
    FULL,
    IRIS,
    LANGUAGE_MAPS,
    NOT_ARRAYS,
    NOT_IRIS,
    NOT_LANGUAGE_MAPS,
    NOT_OBJECTS,
    NOT_STRINGS,
    judge,
)
from tests.xapi.rest_client import Lrs

[ONE] = FULL["attachments"]


def _judge(lrs: Lrs, name: str, *, takes: list[Any], refuses: list[Any]) -> None:
    judge(lrs, f"attachments.0.{name}", takes=takes, refuses=refuses)


def test_xapi_00025_attachments_are_an_array_of_them(lrs: Lrs) -> None:
    bad = [*NOT_ARRAYS, ONE, *([one] for one in NOT_OBJECTS), [{}], [ONE, "text"]]
    judge(lrs, "attachments", takes=[ABSENT, [], [ONE], [ONE, ONE]], refuses=bad)


def test_xapi_00102_the_length_is_a_whole_number(lrs: Lrs) -> None:
    bad = [ABSENT, "4", "", 4.5, -1, True, None, [], {}]
    _judge(lrs, "length", takes=[4, 0, 2**40], refuses=bad)


def test_xapi_00103_the_sha2_is_a_hash(lrs: Lrs) -> None:
    good = ["ab" * bytes_ for bytes_ in (28, 32, 48, 64)]
    bad = [
        ABSENT,
        "",
        "ab" * 20,
        "ab" * 31 + "a",
        "xy" * 32,
        "ab" * 32 + "\n",
        "ab" * 65,
        *NOT_STRINGS,
    ]
    _judge(lrs, "sha2", takes=[*good, "AB" * 32], refuses=bad)


def test_xapi_00104_the_file_url_is_an_irl(lrs: Lrs) -> None:
    _judge(lrs, "fileUrl", takes=IRIS, refuses=NOT_IRIS)


def test_xapi_00105_the_content_type_is_one(lrs: Lrs) -> None:
    good = ["text/plain", "application/vnd.example+json", "text/plain; charset=utf-8"]
    _judge(lrs, "contentType", takes=good, refuses=[ABSENT, "", "text", "/", "a b/c", *NOT_STRINGS])


def test_xapi_00106_the_display_is_a_language_map(lrs: Lrs) -> None:
    _judge(lrs, "display", takes=LANGUAGE_MAPS, refuses=[ABSENT, *NOT_LANGUAGE_MAPS])
    _judge(lrs, "description", takes=[ABSENT, *LANGUAGE_MAPS], refuses=NOT_LANGUAGE_MAPS)


def test_xapi_00107_the_usage_type_is_an_iri(lrs: Lrs) -> None:
    _judge(lrs, "usageType", takes=IRIS, refuses=[ABSENT, *NOT_IRIS])
