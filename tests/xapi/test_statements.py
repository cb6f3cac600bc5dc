"""What the ledger writes is valid xAPI 1.0.3, and what is not is refused."""

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec
import pytest

from leer.xapi import api as xapi
from leer.xapi.models import StatementRecord
from leer.xapi.statements.own import decode, encode

ACTOR = UUID("11111111-1111-4111-8111-111111111111")


def statement(**changes: object) -> xapi.Statement:
    facts: dict[str, object] = {
        "id": uuid4(),
        "actor": xapi.agent(ACTOR),
        "verb": xapi.VerbObject(id=xapi.Verb.COMPLETED.value),
        "object": xapi.activity(xapi.ActivityType.MODULE, "modules", "m"),
        "timestamp": datetime(2026, 11, 23, tzinfo=UTC),
    }
    return xapi.Statement(**(facts | changes))  # type: ignore[arg-type]


def changed(**parts: object) -> str:
    return json.dumps(json.loads(encode(statement())) | parts)


def test_a_statement_reads_back_as_it_was_written() -> None:
    written = statement()
    assert decode(encode(written)) == written


def test_the_actor_is_an_opaque_account_without_name_or_address() -> None:
    actor = json.loads(encode(statement()))["actor"]
    assert set(actor) == {"account"}
    assert actor["account"]["name"] == str(ACTOR)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"shoe": 1}, id="a property that the specification does not name"),
        pytest.param({"result": None}, id="a null"),
        pytest.param({"timestamp": "2026-11-23T00:00:00"}, id="a timestamp without a zone"),
        pytest.param({"verb": {"id": "completed"}}, id="a verb that is no IRI"),
        pytest.param({"id": "not-a-uuid"}, id="an id that is no UUID"),
        pytest.param({"result": {"score": {"scaled": 1.5}}}, id="a scaled score above one"),
        pytest.param({"result": {"duration": "P"}}, id="an empty duration"),
        pytest.param({"result": {"duration": "PT"}}, id="a duration with nothing after T"),
        pytest.param({"actor": {"mbox": "mailto:a@b.nl"}}, id="an actor with an address"),
        pytest.param({"version": "2.0.0"}, id="another version"),
    ],
)
def test_a_statement_is_refused_with(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        decode(changed(**wrong))


@pytest.mark.parametrize("duration", ["P1D", "PT5M", "PT1.5S", "P2W", "P1Y2M3DT4H5M6S"])
def test_a_duration_is_taken(duration: str) -> None:
    assert decode(changed(result={"duration": duration}))


@pytest.mark.django_db
def test_the_same_statement_twice_is_stored_once() -> None:
    fact = statement()
    assert xapi.append([fact]) == {fact.id}
    assert xapi.append([fact]) == frozenset()
    assert StatementRecord.objects.count() == 1


@pytest.mark.django_db
def test_a_batch_with_one_known_statement_stores_the_others() -> None:
    known, new = statement(), statement()
    xapi.append([known])
    assert xapi.append([known, new, new]) == {new.id}


@pytest.mark.django_db
def test_the_ledger_keeps_the_bytes_that_were_written() -> None:
    fact = statement()
    xapi.append([fact])
    assert StatementRecord.objects.get().raw == encode(fact)
    assert list(xapi.stream()) == [fact]


@pytest.mark.django_db
def test_a_batch_of_any_size_is_one_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        xapi.append([statement() for _ in range(50)])


def test_the_same_happening_has_the_same_id_and_another_has_another() -> None:
    assert xapi.name_uuid(ACTOR, "completed", "m") == xapi.name_uuid(ACTOR, "completed", "m")
    assert xapi.name_uuid(ACTOR, "completed", "m") != xapi.name_uuid(ACTOR, "completed", "n")
    assert xapi.name_uuid(ACTOR).version == 5
