"""Pages of statements: xAPI 1.0.3, Data 2.5; IEEE 9274.1.1 (2.0), 4.1.6.1 (StatementResult)."""

from typing import Any

from tests.xapi.requirements.kit import follow, ids, read
from tests.xapi.rest_client import Lrs, statement

VERB = "http://example.org/verbs/walked"


def _walks(lrs: Lrs, count: int) -> list[str]:
    """So many statements of a walk, between others; the newest first."""
    walked = []
    for _ in range(count):
        lrs.stored(statement())
        walked += lrs.stored(statement(verb={"id": VERB}))
    return walked[::-1]


def _page(lrs: Lrs, **query: str) -> Any:
    return read(lrs.send("GET", query={"verb": VERB} | query))


def test_xapi_00108_more_is_where_the_next_page_is(lrs: Lrs) -> None:
    walked = _walks(lrs, 3)
    first = _page(lrs, limit="2")
    assert ids(first["statements"]) == walked[:2]
    assert ids(follow(lrs, first["more"])["statements"]) == walked[2:]


def test_xapi_00109_more_is_empty_when_that_is_all(lrs: Lrs) -> None:
    _walks(lrs, 2)
    assert _page(lrs, limit="1")["more"]
    for limit in ("0", "2", "3"):
        assert not _page(lrs, limit=limit).get("more")


def test_xapi_00110_statements_are_an_array_of_statements(lrs: Lrs) -> None:
    walked = _walks(lrs, 2)
    statements = _page(lrs)["statements"]
    assert isinstance(statements, list)
    assert ids(statements) == walked
    for one in statements:
        assert {"id", "actor", "verb", "object", "stored", "authority", "timestamp"} <= set(one)


def test_xapi_00111_the_next_page_keeps_to_the_same_question(lrs: Lrs) -> None:
    walked = _walks(lrs, 5)
    page = follow(lrs, _page(lrs, limit="2", format="ids")["more"])
    assert set(page) == {"statements", "more"}
    assert ids(page["statements"]) == walked[2:4]
    assert {one["verb"]["id"] for one in page["statements"]} == {VERB}
    assert set(page["statements"][0]["object"]) == {"id"}


def test_xapi_00112_finding_nothing_is_an_answer(lrs: Lrs) -> None:
    lrs.stored(statement())
    assert _page(lrs)["statements"] == []


def test_xapi_00113_a_result_has_statements_and_more(lrs: Lrs) -> None:
    _walks(lrs, 2)
    for limit in ("1", "2"):
        answer = lrs.send("GET", query={"limit": limit})
        assert set(read(answer)) == {"statements", "more"}
        assert answer.body.count(b'"statements":') == answer.body.count(b'"more":') == 1


def test_xapi_00114_there_is_a_page_for_everything(lrs: Lrs) -> None:
    walked = _walks(lrs, 7)
    page = _page(lrs, limit="3")
    seen = [ids(page["statements"])]
    while page["more"]:
        page = follow(lrs, page["more"])
        seen.append(ids(page["statements"]))
    assert seen == [walked[:3], walked[3:6], walked[6:]]
