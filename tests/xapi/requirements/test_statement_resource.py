"""Storing statements: xAPI 1.0.3, Communication 2.1.1 and 2.1.2; IEEE 9274.1.1 (2.0), 4.1.6.1."""

import json
from uuid import UUID, uuid4

from tests.xapi.requirements.documents import STATE
from tests.xapi.requirements.kit import assert_statuses, ids, read
from tests.xapi.rest_client import ACTIVITY, Lrs, statement

RESOURCES = [
    "statements", "activities/state", "activities/profile", "agents/profile", "agents",
    "activities", "about",
]  # fmt: skip


def _put(lrs: Lrs, id_: str, **changes: object) -> int:
    return lrs.send("PUT", query={"statementId": id_}, body=statement(**changes)).status


def test_xapi_00139_it_is_at_statements(lrs: Lrs) -> None:
    assert_statuses([lrs.post(statement())], 200)
    for beside in ("statement", "statements/", "Statements"):
        assert_statuses([lrs.send("POST", beside, body=statement())], 404)


def test_xapi_00140_every_resource_is_there(lrs: Lrs) -> None:
    """Without its parameters a request is refused, which tells that there is something."""
    for path in RESOURCES:
        expected = 200 if path in {"statements", "about"} else 400
        assert_statuses([lrs.send("GET", path)], expected)
    assert_statuses([lrs.send("GET", path) for path in ("", "verbs", "activities/states")], 404)


def test_xapi_00141_names_of_documents_are_of_what_was_stored_after_since(lrs: Lrs) -> None:
    """Also 00195, 00275 and 00294, in each of the three resources with documents."""
    STATE.gives_names_since(lrs)


def test_xapi_00142_a_statement_never_changes(lrs: Lrs) -> None:
    [id_] = lrs.stored(statement())
    before = lrs.one(statementId=id_)
    assert _put(lrs, id_, object={"id": "http://example.org/another"}) == 409
    assert lrs.post(statement(id=id_, result={"success": True})).status == 409
    assert lrs.one(statementId=id_) == before
    assert _put(lrs, id_) == 204
    assert lrs.one(statementId=id_) == before


def test_xapi_00143_put_is_answered_with_204(lrs: Lrs) -> None:
    answer = lrs.send("PUT", query={"statementId": str(uuid4())}, body=statement())
    assert (answer.status, answer.body) == (204, b"")


def test_xapi_00144_put_stores_under_its_statement_id(lrs: Lrs) -> None:
    assert _put(lrs, id_ := str(uuid4())) == 204
    assert _put(lrs, same := str(uuid4()), id=same) == 204
    assert {lrs.one(statementId=one)["id"] for one in (id_, same)} == {id_, same}
    assert _put(lrs, str(uuid4()), id=str(uuid4())) == 400


def test_xapi_00145_put_without_statement_id_is_refused(lrs: Lrs) -> None:
    assert_statuses([lrs.send("PUT", body=statement(id=str(uuid4())))], 400)
    assert lrs.found() == []
    assert _put(lrs, str(uuid4())) == 204


def test_xapi_00146_post_is_answered_with_the_ids(lrs: Lrs) -> None:
    given = [statement(id=str(uuid4())) for _ in range(3)]
    assert read(lrs.post(*given)) == ids(given)
    [made, kept] = read(lrs.post(statement(), given[0]))
    assert kept == given[0]["id"]
    assert UUID(made)
    assert lrs.one(statementId=made)["id"] == made


def test_xapi_00147_post_is_accepted(lrs: Lrs) -> None:
    answer = lrs.post(statement())
    assert answer.status == 200
    assert lrs.one(statementId=json.loads(answer.body)[0])["object"]["id"] == ACTIVITY
    others = ("DELETE", "PATCH")
    assert_statuses([lrs.send(method, body=statement()) for method in others], 405)
