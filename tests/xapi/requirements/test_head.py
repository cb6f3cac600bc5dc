"""HEAD: xAPI 1.0.3, Communication 1.1; IEEE 9274.1.1 (2.0), 4.1.1."""

import pytest

from tests.xapi.requirements.documents import AGENT_PROFILE, ALL, PERSON_TEXT
from tests.xapi.rest_client import ACTIVITY, Lrs, statement

CHANGES = {"X-Experience-API-Consistent-Through", "Last-Modified"}
RESOURCES = {
    "statements": {},
    "agents": {"agent": PERSON_TEXT},
    "activities": {"activityId": ACTIVITY},
    "about": {},
    **{kind.path: dict(kind.query) for kind in ALL},
}
EACH = pytest.mark.parametrize(("path", "query"), RESOURCES.items(), ids=RESOURCES)


@pytest.fixture
def lrs(lrs: Lrs) -> Lrs:
    """With something to be found everywhere."""
    lrs.stored(statement())
    for kind in ALL:
        kind.keep(lrs, {"n": 1})
    return lrs


@EACH
def test_xapi_00125_head_is_get_without_its_body(
    lrs: Lrs, path: str, query: dict[str, str]
) -> None:
    got, asked = (lrs.send(method, path, query) for method in ("GET", "HEAD"))
    assert (got.status, asked.status) == (200, 200)
    assert got.body
    assert asked.body == b""
    assert _steady(asked.all_headers()) == _steady(got.all_headers())


def _steady(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value if name not in CHANGES else "") for name, value in headers]


@EACH
def test_xapi_00126_head_is_accepted(lrs: Lrs, path: str, query: dict[str, str]) -> None:
    assert lrs.send("HEAD", path, query).status == 200
    assert lrs.send("HEAD", path, query | {"shoe": "left"}).status == 400


def test_what_is_not_there_is_not_there_for_head_either(lrs: Lrs) -> None:
    assert AGENT_PROFILE.send(lrs, "HEAD", profileId="another").status == 404
