"""The verb: xAPI 1.0.3, Data 2.4.3; IEEE 9274.1.1 (2.0), 4.2.2.2."""

from tests.xapi.requirements.kit import (
    ABSENT,
    IRIS,
    LANGUAGE_MAPS,
    NOT_IRIS,
    NOT_LANGUAGE_MAPS,
    NOT_OBJECTS,
    judge,
)
from tests.xapi.rest_client import Lrs


def test_xapi_00044_a_verb_has_an_iri(lrs: Lrs) -> None:
    judge(lrs, "verb.id", takes=IRIS, refuses=[ABSENT, *NOT_IRIS])
    judge(lrs, "verb", takes=[{"id": IRIS[0]}], refuses=[{}, *NOT_OBJECTS])


def test_xapi_00045_its_display_is_a_language_map(lrs: Lrs) -> None:
    judge(lrs, "verb.display", takes=[ABSENT, *LANGUAGE_MAPS], refuses=NOT_LANGUAGE_MAPS)
