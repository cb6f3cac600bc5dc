"""The ledger does not depend on the order in which things come, nor on how often, nor on who
comes at the same moment.
"""

import hashlib
import json
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leer.xapi.models import AttachmentFile, StatementId, StatementRecord
from leer.xapi.rest import multipart
from leer.xapi.rest.handling import handle_together
from leer.xapi.rest.http import Request, Response
from leer.xapi.statements.vocabulary import VOIDED
from tests.xapi.rest_client import ACTIVITY, PERSON, Lrs, dumped, pointing, statement

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
ROUNDS = 12
COMPLETED = statement()["verb"]["id"]
OTHER = "https://inhoud.example/haven"
CONTENT = b"\x00a picture\r\n--x"
SHA2 = hashlib.sha256(CONTENT).hexdigest()


# A stream that has everything -------------------------------------------------------------------
def named(number: int) -> str:
    return str(UUID(int=number, version=4))


def said(number: int, **changes: Any) -> dict[str, Any]:
    """Statement so and so, which says when it happened."""
    return statement(id=named(number), timestamp=f"2026-11-25T10:00:{number:02}Z", **changes)


def about(number: int, target: int, verb: str = "http://example.org/confirmed") -> dict[str, Any]:
    return said(number) | {
        name: value for name, value in pointing(named(target), verb).items() if name != "id"
    }


ATTACHMENT = {
    "usageType": "http://x.nl/u",
    "display": {"nl": "Foto"},
    "contentType": "image/png",
    "length": len(CONTENT),
    "sha2": SHA2,
}
SUB = statement(objectType="SubStatement", object={"id": OTHER}, attachments=[ATTACHMENT])
STREAM = [
    said(1),
    about(2, 1),
    about(3, 2),  # 3 → 2 → 1
    said(4, object={"id": OTHER}, result={"score": {"scaled": 0.50}}),
    about(5, 4, VOIDED),
    about(6, 5, VOIDED),  # what voids cannot be voided
    said(7, object=SUB),
    about(8, 4),  # points to what is voided
    said(9, attachments=[ATTACHMENT], context={"instructor": {"mbox": "mailto:t@x.nl"}}),
    about(10, 99),  # points to what never comes
    about(11, 12),
    about(12, 11),  # 11 → 12 → 11
]
QUERIES = [
    {},
    {"agent": json.dumps(PERSON)},
    {"agent": json.dumps(PERSON), "related_agents": "true"},
    {"agent": json.dumps({"mbox": "mailto:t@x.nl"}), "related_agents": "true"},
    {"agent": json.dumps({"mbox": "mailto:andrew@example.org"})},
    {"verb": COMPLETED},
    {"verb": VOIDED},
    {"activity": ACTIVITY},
    {"activity": OTHER},
    {"activity": OTHER, "related_activities": "true"},
    {"verb": COMPLETED, "activity": ACTIVITY},
]


@dataclass(frozen=True)
class Ledger:
    """All that can be seen of a ledger."""

    raws: frozenset[str]
    answers: tuple[frozenset[str], ...]
    voided: frozenset[str]
    files: frozenset[str]


def seen(lrs: Lrs) -> Ledger:
    ids = [one["id"] for one in STREAM]
    return Ledger(
        raws=frozenset(map(without_moment, StatementRecord.objects.values_list("raw", flat=True))),
        answers=tuple(frozenset(one["id"] for one in lrs.found(**query)) for query in QUERIES),
        voided=frozenset(one for one in ids if lrs.one(voidedStatementId=one)),
        files=frozenset(AttachmentFile.objects.values_list("sha2", flat=True)),
    )


def without_moment(raw: str) -> str:
    return re.sub(r'"stored":"[^"]*"', "", raw)


def empty() -> None:
    """A new ledger; the credentials stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            "truncate xapi_statementid, xapi_statementrecord, xapi_mention, xapi_reference,"
            " xapi_activity, xapi_attachmentfile"
        )


def send(lrs: Lrs, numbers: Sequence[int], *, put: bool) -> None:
    """These of the stream, in one request."""
    chosen = [STREAM[number] for number in numbers]
    body = dumped(chosen[0] if len(chosen) == 1 else chosen)
    kind = "application/json"
    if SHA2.encode() in body:
        kind, body = multipart.write(body, [(SHA2, "image/png", CONTENT)])
    if put and len(chosen) == 1:
        answer = lrs.send(
            "PUT", query={"statementId": chosen[0]["id"]}, body=body, content_type=kind
        )
        assert answer.status == 204, answer.body
    else:
        answer = lrs.send("POST", body=body, content_type=kind)
        assert answer.status == 200, answer.body
        assert len(json.loads(answer.body)) == len(chosen)


@pytest.fixture
def lrs() -> Lrs:
    return Lrs()


@st.composite
def schedules(draw: st.DrawFn) -> list[tuple[list[int], bool]]:
    """Requests with each statement at least once, in any order and any company, some again."""
    order = draw(st.permutations(range(len(STREAM))))
    again = draw(st.lists(st.integers(0, len(STREAM) - 1), max_size=6))
    left, requests = [*order, *again], []
    while left:
        count = draw(st.integers(1, 5))
        some = list(dict.fromkeys(left[:count]))
        requests.append((some, draw(st.booleans())))
        left = left[count:]
    return requests


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(schedule=schedules())
def test_any_order_and_any_retry_gives_the_same_ledger(
    lrs: Lrs, schedule: list[tuple[list[int], bool]]
) -> None:
    empty()
    for numbers, put in schedule:
        send(lrs, numbers, put=put)
    after = seen(lrs)
    assert len(after.raws) == len(STREAM)
    empty()
    for number in range(len(STREAM)):
        send(lrs, [number], put=False)
    assert after == seen(lrs)


def test_the_stream_is_found_as_it_should_be(lrs: Lrs) -> None:
    """What the others are compared with is right itself."""
    send(lrs, range(len(STREAM)), put=False)
    ledger = seen(lrs)
    found = dict(zip(map(str, QUERIES), ledger.answers, strict=True))
    assert ledger.voided == {named(4)}
    assert found["{}"] == {named(number) for number in range(1, 13)} - {named(4)}
    by_activity = {named(number) for number in (1, 2, 3, 9)}
    assert found[str({"activity": ACTIVITY})] == by_activity
    # What points to a voided statement is found by what that one said.
    assert found[str({"activity": OTHER})] == {named(number) for number in (5, 6, 8)}
    assert ledger.files == {SHA2}


@pytest.mark.parametrize("seed", range(3))
def test_all_at_once_gives_the_same_ledger(lrs: Lrs, seed: int) -> None:
    send(lrs, range(len(STREAM)), put=False)
    expected = seen(lrs)
    empty()
    order = random.Random(seed).sample(range(12), 12)
    chosen = [*([number] for number in order), order[:2], order[5:8]]
    at_once([partial(send, lrs, numbers, put=bool(numbers[0] % 2)) for numbers in chosen])
    assert seen(lrs) == expected


# At the same moment -----------------------------------------------------------------------------
def at_once[R](tasks: Sequence[Callable[[], R]]) -> list[R]:
    """The outcome of each, all begun at the same moment, each with a connection of its own."""
    gate = threading.Barrier(len(tasks))
    outcomes: dict[int, R | BaseException] = {}

    def work(number: int) -> None:
        try:
            connection.ensure_connection()
            gate.wait()
            outcomes[number] = tasks[number]()
        except BaseException as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(outcomes) == len(tasks), "some wait for ever"
    return [result(outcomes[number]) for number in range(len(tasks))]


def result[R](outcome: R | BaseException) -> R:
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def put(lrs: Lrs, identity: str, one: dict[str, Any]) -> int:
    return int(lrs.send("PUT", query={"statementId": identity}, body=one).status)


def test_one_id_put_by_many_at_once_is_stored_once(lrs: Lrs) -> None:
    for _ in range(ROUNDS):
        identity = str(uuid4())
        statuses = at_once([partial(put, lrs, identity, statement())] * THREADS)
        assert set(statuses) == {204}
        assert StatementRecord.objects.filter(statement_id=identity).count() == 1
    assert StatementId.objects.count() == StatementRecord.objects.count() == ROUNDS


def test_one_id_put_with_other_contents_at_once_keeps_one_of_them(lrs: Lrs) -> None:
    for _ in range(ROUNDS):
        identity = str(uuid4())
        contents = [statement(result={"score": {"raw": number % 3}}) for number in range(THREADS)]
        statuses = at_once([partial(put, lrs, identity, one) for one in contents])
        kept = lrs.one(statementId=identity)["result"]
        expected = [204 if one["result"] == kept else 409 for one in contents]
        assert statuses == expected


def test_batches_that_share_ids_in_opposite_order_do_not_wait_for_each_other(lrs: Lrs) -> None:
    for count in (2, 20, 60):  # one query; and by COPY
        for _ in range(ROUNDS):
            batch = [statement(id=str(uuid4())) for _ in range(count)]
            half, other = batch[: count // 2 + 1], batch[count // 2 :]
            orders = [batch, batch[::-1], half[::-1], other, other + half[:1]]
            answers = at_once([partial(lrs.post, *order) for order in orders])
            assert Counter(answer.status for answer in answers) == {200: len(orders)}
    assert StatementRecord.objects.count() == ROUNDS * 82


def test_batches_that_describe_the_same_activities_in_opposite_order_do_not_either(
    lrs: Lrs,
) -> None:
    for round_ in range(ROUNDS):
        batch = [
            statement(
                object={
                    "id": f"http://x.nl/{round_}/{number}",
                    "definition": {"name": {"nl": f"{number}"}},
                }
            )
            for number in range(10)
        ]
        answers = at_once([partial(lrs.post, *order) for order in (batch, batch[::-1]) * 2])
        assert {answer.status for answer in answers} == {200}


def requests_of(lrs: Lrs, bodies: Sequence[Any]) -> Iterator[Request]:
    for body in bodies:
        headers = {
            "authorization": lrs.authorization,
            "x-experience-api-version": lrs.version,
            "content-type": "application/json",
        }
        yield Request("POST", "statements", {}, headers, dumped(body))


def together(lrs: Lrs, bodies: Sequence[Any]) -> list[Response]:
    return handle_together(list(requests_of(lrs, bodies)))


def test_requests_in_one_commit_are_judged_one_by_one(lrs: Lrs) -> None:
    twice = statement(id=str(uuid4()))
    bodies = [
        twice,
        statement(verb={"id": "wrong"}),
        twice,
        twice | {"result": {"completion": True}},
        [statement(), statement()],
        pointing(twice["id"], VOIDED),
    ]
    assert [one.status for one in together(lrs, bodies)] == [200, 400, 200, 409, 200, 200]
    assert StatementRecord.objects.count() == 4
    assert lrs.one(voidedStatementId=twice["id"])


def test_two_lines_with_the_same_requests_do_not_wait_for_each_other(lrs: Lrs) -> None:
    """As two web processes have it."""
    for _ in range(ROUNDS):
        bodies = [statement(id=str(uuid4())) for _ in range(10)]
        orders = (bodies, bodies[::-1], bodies[5:] + bodies[:5])
        answers = at_once([partial(together, lrs, order) for order in orders])
        assert {one.status for some in answers for one in some} == {200}
    assert StatementRecord.objects.count() == 10 * ROUNDS


@pytest.mark.parametrize("order", ["before", "after", "at once", "in one batch"])
def test_voiding_does_not_depend_on_the_order(lrs: Lrs, order: str) -> None:
    for _ in range(ROUNDS):
        target = statement(id=str(uuid4()))
        voiding = pointing(target["id"], VOIDED)
        if order == "at once":
            at_once([partial(lrs.stored, target), partial(lrs.stored, voiding)] * 2)
        elif order == "in one batch":
            lrs.stored(voiding, target)
        else:
            for one in (voiding, target) if order == "before" else (target, voiding):
                lrs.stored(one)
        assert lrs.one(statementId=target["id"]) is None
        assert lrs.one(voidedStatementId=target["id"])["id"] == target["id"]
        assert target["id"] not in {one["id"] for one in lrs.found()}


def test_statements_that_point_at_each_other_find_each_other_when_they_come_at_once(
    lrs: Lrs,
) -> None:
    for round_ in range(ROUNDS):
        verb = f"http://example.org/round-{round_}"
        first, second, third = (str(uuid4()) for _ in range(3))
        chain = [
            pointing(second) | {"id": first},
            pointing(third) | {"id": second},
            statement(id=third, verb={"id": verb}),
        ]
        at_once([partial(lrs.stored, one) for one in chain])
        assert {one["id"] for one in lrs.found(verb=verb)} == {first, second, third}
