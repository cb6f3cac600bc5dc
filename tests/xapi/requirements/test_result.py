"""How it went: xAPI 1.0.3, Data 2.4.5 and 4.6; IEEE 9274.1.1 (2.0), 4.2.2.4 and 4.2.7."""

from tests.xapi.requirements.kit import (
    ABSENT,
    BOOLEANS,
    EXTENSIONS,
    NOT_BOOLEANS,
    NOT_EXTENSIONS,
    NOT_NUMBERS,
    NOT_OBJECTS,
    NOT_STRINGS,
    NUMBERS,
    STRINGS,
    judge,
)
from tests.xapi.rest_client import Lrs

DURATIONS = ["PT1H30M", "P1Y2M10DT2H30M", "P3W", "PT0.5S", "PT16559.14S", "P1DT12H", "P0D"]
NOT_DURATIONS = [
    "",
    "P",
    "PT",
    "P1",
    "1H",
    "P1H",
    "PT1H30",
    "P-1D",
    "PT1.5H30M",
    "p1d",
    "P4W1D",
    "PT1H\n",
]


def test_xapi_00074_success_is_true_or_false(lrs: Lrs) -> None:
    judge(lrs, "result.success", takes=[ABSENT, *BOOLEANS], refuses=NOT_BOOLEANS)


def test_xapi_00075_completion_is_true_or_false(lrs: Lrs) -> None:
    judge(lrs, "result.completion", takes=[ABSENT, *BOOLEANS], refuses=NOT_BOOLEANS)


def test_xapi_00076_a_response_is_a_string(lrs: Lrs) -> None:
    judge(lrs, "result.response", takes=[ABSENT, *STRINGS], refuses=NOT_STRINGS)


def test_xapi_00077_a_duration_is_in_iso_8601(lrs: Lrs) -> None:
    bad = [*NOT_STRINGS, *NOT_DURATIONS]
    judge(lrs, "result.duration", takes=[ABSENT, *DURATIONS], refuses=bad)


def test_xapi_00078_extensions_are_extensions(lrs: Lrs) -> None:
    judge(lrs, "result.extensions", takes=[ABSENT, *EXTENSIONS], refuses=NOT_EXTENSIONS)


def test_xapi_00079_a_score_is_an_object(lrs: Lrs) -> None:
    good = [ABSENT, {}, {"raw": 1}]
    judge(lrs, "result.score", takes=good, refuses=[*NOT_OBJECTS, {"shoe": 1}])


def test_xapi_00080_max_is_a_number_above_min(lrs: Lrs) -> None:
    judge(lrs, "result.score.max", takes=[ABSENT, 5, 5.5], refuses=[*NOT_NUMBERS, -1, 0])
    alone = [{"max": number} for number in NUMBERS]
    judge(lrs, "result.score", takes=alone, refuses=[{"max": 1, "min": 2}, {"max": 1, "min": 1}])


def test_xapi_00081_min_is_a_number_below_max(lrs: Lrs) -> None:
    judge(lrs, "result.score.min", takes=[ABSENT, -7.5, 5], refuses=[*NOT_NUMBERS, 10, 11])
    alone = [{"min": number} for number in NUMBERS]
    judge(lrs, "result.score", takes=alone, refuses=[{"min": 2, "max": 1}])


def test_xapi_00082_raw_is_a_number_between_them(lrs: Lrs) -> None:
    good, bad = [ABSENT, 0, 2.5, 10], [*NOT_NUMBERS, -0.1, 10.1]
    judge(lrs, "result.score.raw", takes=good, refuses=bad)
    judge(
        lrs,
        "result.score",
        takes=[{"raw": number} for number in NUMBERS],
        refuses=[{"raw": 1, "min": 2}, {"raw": 2, "max": 1}],
    )


def test_xapi_00083_scaled_is_a_number_from_minus_one_to_one(lrs: Lrs) -> None:
    good, bad = [ABSENT, -1, -0.5, 0, 1], [*NOT_NUMBERS, -1.01, 1.01, 50]
    judge(lrs, "result.score.scaled", takes=good, refuses=bad)


def test_xapi_00124_a_duration_counts_and_does_not_look_like_a_date(lrs: Lrs) -> None:
    alternative = ["P0003-06-04T12:30:05", "P00030604T123005", "2026-11-25T10:00:00Z"]
    alternative += ["2026-11-25/P1D", "00:30:00"]
    judge(lrs, "result.duration", takes=DURATIONS, refuses=alternative)
