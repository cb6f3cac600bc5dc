"""Taking a statement back: xAPI 1.0.3, Data 2.3.2; IEEE 9274.1.1 (2.0), 4.2.5."""

from uuid import uuid4

from tests.xapi.requirements.kit import SOMEBODY, VOIDED, assert_refused, assert_statuses, ids
from tests.xapi.rest_client import ACTIVITY, Lrs, pointing, statement


def _voided(lrs: Lrs) -> tuple[str, str]:
    """A statement that was taken back, and the one that did so."""
    [target] = lrs.stored(statement())
    [voiding] = lrs.stored(pointing(target, VOIDED))
    return target, voiding


def test_xapi_00016_a_voiding_statement_is_not_voided(lrs: Lrs) -> None:
    target, voiding = _voided(lrs)
    [again] = lrs.stored(pointing(voiding, VOIDED))
    assert lrs.one(statementId=voiding)["id"] == voiding
    assert lrs.one(voidedStatementId=voiding) is None
    assert lrs.one(statementId=target) is None
    assert set(ids(lrs.found())) == {voiding, again}


def test_xapi_00016_the_target_need_not_be_here(lrs: Lrs) -> None:
    """The suite has this under the same number in 2.0; when it comes, it is voided."""
    [voiding] = lrs.stored(pointing(unknown := str(uuid4()), VOIDED))
    assert lrs.one(statementId=voiding)["id"] == voiding
    lrs.stored(statement(id=unknown))
    assert lrs.one(statementId=unknown) is None
    assert lrs.one(voidedStatementId=unknown)["id"] == unknown


def test_xapi_00017_what_voids_has_a_reference_as_its_object(lrs: Lrs) -> None:
    [target] = lrs.stored(statement())
    for about in ({"id": ACTIVITY}, {"objectType": "Agent", **SOMEBODY}):
        assert_refused(lrs, pointing(target, VOIDED) | {"object": about})
        assert_statuses([lrs.post(pointing(target) | {"object": about})], 200)
    assert lrs.one(statementId=target)["id"] == target
    assert lrs.post(pointing(target, VOIDED)).status == 200


def test_xapi_00018_a_voided_statement_is_no_longer_found_by_its_id(lrs: Lrs) -> None:
    target, _ = _voided(lrs)
    [kept] = lrs.stored(statement())
    assert lrs.send("GET", query={"statementId": target}).status == 404
    assert lrs.send("GET", query={"statementId": kept}).status == 200


def test_xapi_00019_the_verb_voided_makes_it_voiding(lrs: Lrs) -> None:
    [target] = lrs.stored(statement())
    lrs.stored(pointing(target, "http://example.org/verbs/voided"), pointing(target))
    assert lrs.one(statementId=target)["id"] == target
    lrs.stored(pointing(target, VOIDED))
    assert lrs.one(statementId=target) is None


def test_xapi_00020_its_object_says_that_it_is_a_reference(lrs: Lrs) -> None:
    [target] = lrs.stored(statement())
    for kind in ("Activity", "Statement", "statementRef", "SubStatement"):
        assert_refused(
            lrs, pointing(target, VOIDED) | {"object": {"objectType": kind, "id": target}}
        )
    assert_refused(lrs, pointing(target, VOIDED) | {"object": {"id": target}})
    assert lrs.one(statementId=target)["id"] == target
    assert lrs.post(pointing(target, VOIDED)).status == 200
