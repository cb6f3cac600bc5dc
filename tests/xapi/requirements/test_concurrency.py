"""Two who write the same document: xAPI 1.0.3, Communication 3.1; IEEE 9274.1.1 (2.0), 4.1.4.

State is the exception of 1.0: there a document is replaced without further ado.
"""

import hashlib
import json

import pytest

from tests.xapi.requirements.documents import (
    ACTIVITY_PROFILE,
    AGENT_PROFILE,
    ALL,
    NEW_ONE,
    STATE,
    Documents,
)
from tests.xapi.requirements.kit import ONLY_NEW, ONLY_OLD, assert_statuses, header
from tests.xapi.rest_client import Lrs

EACH = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.path)
PROFILES = pytest.mark.parametrize(
    "kind", [ACTIVITY_PROFILE, AGENT_PROFILE], ids=lambda kind: kind.path
)
ANOTHER_TAG = '"' + "0" * 40 + '"'


@EACH
def test_xapi_00322_an_etag_is_the_sha1_in_quotes(lrs: Lrs, kind: Documents) -> None:
    content = b'{"n": 1}'
    kind.keep(lrs, content)
    assert kind.etag(lrs) == f'"{hashlib.sha1(content).hexdigest()}"'
    assert header(kind.send(lrs, "HEAD"), "ETag") == kind.etag(lrs)


@EACH
@pytest.mark.parametrize(
    ("method", "after"), [("PUT", {"n": 2}), ("POST", {"n": 2}), ("DELETE", None)]
)
def test_xapi_00322_if_match_is_for_the_document_that_was_seen(
    lrs: Lrs, kind: Documents, method: str, after: object
) -> None:
    kind.keep(lrs, {"n": 1})
    wrong, right = {"if_match": ANOTHER_TAG}, {"if_match": kind.etag(lrs)}
    assert_statuses([kind.send(lrs, method, {"n": 2}, headers=wrong)], 412)
    assert kind.value(lrs) == {"n": 1}
    assert_statuses([kind.send(lrs, method, {"n": 2}, headers=right)], 204)
    assert kind.value(lrs) == after
    assert_statuses([kind.send(lrs, method, {"n": 3}, headers=right)], 412)
    assert kind.value(lrs) == after


@EACH
def test_xapi_00322_if_none_match_is_for_a_new_document(lrs: Lrs, kind: Documents) -> None:
    assert_statuses([kind.send(lrs, "PUT", {"n": 1}, headers=NEW_ONE)], 204)
    assert_statuses([kind.send(lrs, "PUT", {"n": 2}, headers=NEW_ONE)], 412)
    assert kind.value(lrs) == {"n": 1}


@EACH
def test_xapi_00322_one_of_several_etags_is_enough(lrs: Lrs, kind: Documents) -> None:
    kind.keep(lrs, {"n": 1})
    several = {"if_match": f"{ANOTHER_TAG}, {kind.etag(lrs)}"}
    assert_statuses([kind.send(lrs, "PUT", {"n": 2}, headers=several)], 204)
    assert_statuses([kind.send(lrs, "PUT", {"n": 3}, headers={"if_match": "*"})], 204)
    assert kind.value(lrs) == {"n": 3}


def _is_in_conflict(lrs: Lrs, kind: Documents) -> None:
    kind.keep(lrs, {"n": 1})
    answer = kind.send(lrs, "PUT", {"n": 2})
    assert answer.status == 409
    assert "If-Match" in json.loads(answer.body)["detail"]
    assert kind.value(lrs) == {"n": 1}


@PROFILES
def test_xapi_00322_who_says_nothing_replaces_nothing(lrs: Lrs, kind: Documents) -> None:
    _is_in_conflict(lrs, kind)


@ONLY_NEW
def test_xapi_00322_who_says_nothing_replaces_no_state_either(lrs: Lrs) -> None:
    _is_in_conflict(lrs, STATE)


@ONLY_OLD
def test_xapi_00322_who_says_nothing_replaces_state(lrs: Lrs) -> None:
    STATE.keep(lrs, {"n": 1})
    assert_statuses([STATE.send(lrs, "PUT", {"n": 2})], 204)
    assert STATE.value(lrs) == {"n": 2}
