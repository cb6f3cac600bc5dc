"""What Leer itself writes in the ledger: checked like everybody's, once, and read back."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from leer.xapi import api as xapi
from leer.xapi.models import Mention, StatementRecord
from leer.xapi.statements.own import decode, encode

ACTOR = UUID("11111111-1111-4111-8111-111111111111")
type Counted = Callable[[int], AbstractContextManager[object]]


def statement(**changes: object) -> xapi.Statement:
    facts: dict[str, object] = {
        "id": uuid4(),
        "actor": xapi.agent(ACTOR),
        "verb": xapi.VerbObject(id=xapi.Verb.COMPLETED.value),
        "object": xapi.activity(xapi.ActivityType.MODULE, "modules", "m"),
        "timestamp": datetime(2026, 11, 23, tzinfo=UTC),
    }
    return xapi.Statement(**(facts | changes))  # type: ignore[arg-type]


def test_a_statement_reads_back_as_it_was_written() -> None:
    written = statement()
    assert decode(encode(written)) == written


def test_the_actor_is_an_opaque_account_without_name_or_address() -> None:
    actor = json.loads(encode(statement()))["actor"]
    assert set(actor) == {"account"}
    assert actor["account"]["name"] == str(ACTOR)


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
def test_a_large_batch_is_stored_like_a_small_one() -> None:
    many = [statement() for _ in range(100)]
    assert xapi.append(many) == {fact.id for fact in many}
    assert list(xapi.stream()) == many


@pytest.mark.django_db
def test_the_ledger_keeps_what_was_written_and_adds_when_and_by_whom() -> None:
    fact = statement()
    xapi.append([fact])
    raw = StatementRecord.objects.get().raw
    assert raw.startswith(encode(fact).decode()[:-1])
    added = json.loads(raw)
    assert added["authority"]["account"]["name"] == "leer"
    assert added["stored"].endswith("Z")
    assert list(xapi.stream()) == [fact]


@pytest.mark.django_db
def test_what_leer_says_is_checked_like_what_others_say() -> None:
    wrong = statement(verb=xapi.VerbObject(id="completed"))
    with pytest.raises(xapi.Refused, match="verb"):
        xapi.append([wrong])
    assert StatementRecord.objects.count() == 0


@pytest.mark.django_db
def test_nothing_about_a_measurement_is_taken() -> None:
    answer = statement(
        object=xapi.activity(xapi.ActivityType.INTERACTION, "measurements", "nulmeting", "q1")
    )
    with pytest.raises(xapi.Refused, match="measurements"):
        xapi.append([answer])


@pytest.mark.django_db
def test_a_private_statement_is_found_by_its_person_only() -> None:
    scored = xapi.Result(score=xapi.Score(scaled=0.5))
    private, open_ = statement(result=scored), statement(result=xapi.Result(completion=True))
    xapi.append([private, open_])
    assert StatementRecord.objects.get(statement_id=private.id).private
    place = StatementRecord.objects.get(statement_id=private.id).position
    assert Mention.objects.filter(position=place).count() == 1
    place = StatementRecord.objects.get(statement_id=open_.id).position
    assert Mention.objects.filter(position=place).count() > 1


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 25])
def test_a_few_statements_cost_one_query_however_many(
    count: int, django_assert_num_queries: Counted
) -> None:
    with django_assert_num_queries(1):
        xapi.append(
            [
                statement(object=xapi.activity(xapi.ActivityType.MODULE, "modules", "m"))
                for _ in range(count)
            ]
        )


def test_the_same_happening_has_the_same_id_and_another_has_another() -> None:
    assert xapi.name_uuid(ACTOR, "completed", "m") == xapi.name_uuid(ACTOR, "completed", "m")
    assert xapi.name_uuid(ACTOR, "completed", "m") != xapi.name_uuid(ACTOR, "completed", "n")
    assert xapi.name_uuid(ACTOR).version == 5
