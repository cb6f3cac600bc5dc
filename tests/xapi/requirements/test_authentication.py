"""Who is asking: xAPI 1.0.3, Communication 4.0; IEEE 9274.1.1 (2.0), 4.1.8."""

import base64

import pytest

from tests.xapi.requirements.documents import ALL, PERSON_TEXT
from tests.xapi.requirements.kit import assert_statuses, header
from tests.xapi.rest_client import ACTIVITY, Lrs, statement


def _basic(pair: str) -> str:
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _pair(lrs: Lrs) -> str:
    return base64.b64decode(lrs.authorization.removeprefix("Basic ")).decode()


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("", id="nothing"),
        pytest.param(_basic("somebody:secret"), id="a stranger"),
        pytest.param("Basic", id="half a header"),
        pytest.param("Basic not base64", id="what is no base64"),
        pytest.param(_basic("nobody"), id="a name without a secret"),
        pytest.param(_basic(":"), id="nobody"),
        pytest.param("Bearer token", id="a token of nobody"),
        pytest.param("Digest x", id="another scheme"),
    ],
)
def test_xapi_00334_a_bad_credential_is_refused(lrs: Lrs, said: str) -> None:
    answers = [
        lrs.send("POST", body=statement(), authorization=said),
        lrs.send("GET", authorization=said),
        lrs.send("GET", "agents", {"agent": PERSON_TEXT}, authorization=said),
        lrs.send("GET", "activities", {"activityId": ACTIVITY}, authorization=said),
        *(kind.send(lrs, "POST", {}, headers={"authorization": said}) for kind in ALL),
    ]
    assert_statuses(answers, 401)
    assert all(str(header(one, "WWW-Authenticate")).startswith("Basic ") for one in answers)
    assert lrs.found() == []
    assert_statuses([lrs.post(statement())], 200)


def test_xapi_00334_a_wrong_secret_is_refused(lrs: Lrs) -> None:
    key, _, secret = _pair(lrs).partition(":")
    other = _pair(Lrs()).partition(":")[2]
    for wrong in (other, "", secret[:-1], secret + "x", secret.swapcase()):
        assert_statuses([lrs.send("GET", authorization=_basic(f"{key}:{wrong}"))], 401)
    assert_statuses([lrs.send("GET", authorization=_basic(f"{key}:{secret}"))], 200)


def test_xapi_00335_http_basic_is_understood(lrs: Lrs) -> None:
    said = lrs.authorization
    for good in (said, said.replace("Basic", "basic"), said.replace("Basic", "BASIC")):
        assert_statuses([lrs.send("GET", authorization=good)], 200)
    assert_statuses([lrs.send("GET", authorization=said.removeprefix("Basic "))], 401)
