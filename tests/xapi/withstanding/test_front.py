"""The front of the web process: what it takes in, what it refuses, and whom it keeps waiting."""

import asyncio
import contextlib
import json
import statistics
import threading
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest

from leer.core.front import bodies
from leer.core.front.bodies import Body, Memory, Unacceptable
from leer.core.front.door import Door
from leer.core.front.threads import Line, Threads
from leer.xapi.models import Document, StatementRecord
from leer.xapi.rest.mount import Mount
from tests.xapi.rest_client import ACTIVITY, PERSON, dumped, statement
from tests.xapi.withstanding.front import Web, all_of, head, offer, web
from tests.xapi.withstanding.wire import Client


# The parts, by themselves -----------------------------------------------------------------------
class Coming:
    """A body on its way, as granian has it: an empty piece at the end, two when it broke off."""

    def __init__(self, *pieces: bytes, breaks_off: bool = False, every: float = 0) -> None:
        self._pieces, self._every, self._breaks_off = pieces, every, breaks_off

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in (*self._pieces, *[b""] * (1 + self._breaks_off)):
            await asyncio.sleep(self._every)
            yield piece

    async def __call__(self) -> bytes:
        if self._breaks_off:
            raise RuntimeError
        return b"".join([piece async for piece in self])


def taken_in(coming: Coming, announced: int = 0, **how: Any) -> Body:
    body = Body(how.pop("memory", Memory()), how.pop("largest", 1000))
    asyncio.run(body.read(coming, announced))
    return body


def refused(coming: Coming, announced: int = 0, **how: Any) -> HTTPStatus:
    with pytest.raises(Unacceptable) as caught:
        taken_in(coming, announced, **how)
    return caught.value.status


@pytest.mark.parametrize("announced", [0, 6, 5])
def test_a_body_is_taken_in_whole(announced: int) -> None:
    body = taken_in(Coming(b"abc", b"def"), announced)
    assert (body.content(), body.file().read(), body.size) == (b"abcdef", b"abcdef", 6)


def test_a_body_over_the_limit_is_refused_before_it_comes() -> None:
    assert refused(Coming(b"a"), 1001) is HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@pytest.mark.parametrize("announced", [0, 5])
def test_a_body_that_is_larger_than_it_said_is_cut_off(announced: int) -> None:
    assert refused(Coming(b"a" * 600, b"b" * 600), announced) is HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@pytest.mark.parametrize("announced", [0, 10, bodies.AT_ONCE + 1])
def test_half_a_body_is_none(announced: int) -> None:
    coming = Coming(b"half", breaks_off=True)
    assert refused(coming, announced, largest=1 << 30) is HTTPStatus.BAD_REQUEST


def test_less_than_was_announced_is_half() -> None:
    coming = Coming(b"x" * bodies.AT_ONCE)
    assert refused(coming, bodies.AT_ONCE + 1, largest=1 << 30) is HTTPStatus.BAD_REQUEST


def test_a_body_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.05)
    assert refused(Coming(*[b"a"] * 100, every=0.01)) is HTTPStatus.REQUEST_TIMEOUT
    assert refused(Coming(*[b"a"] * 100, every=0.01), 100) is HTTPStatus.REQUEST_TIMEOUT


def test_what_is_large_is_not_held_in_memory() -> None:
    memory = Memory()
    pieces = [bytes([number]) * bodies.AT_ONCE for number in range(20)]
    body = taken_in(Coming(*pieces), memory=memory, largest=1 << 30)
    assert Memory().free - memory.free <= bodies.IN_MEMORY
    assert body.content() == b"".join(pieces)
    body.close()
    assert memory.free == Memory().free


@pytest.mark.parametrize("outcome", ["kept", "refused"])
def test_memory_comes_free_again_whatever_becomes_of_the_body(outcome: str) -> None:
    memory = Memory(most=1 << 20)
    body = Body(memory, largest=1 << 30 if outcome == "kept" else 600_000)
    with contextlib.suppress(Unacceptable):
        asyncio.run(body.read(Coming(b"a" * 500_000, b"b" * 500_000), 0))
    assert memory.free < 1 << 20
    body.close()
    assert memory.free == 1 << 20


def test_a_small_request_is_taken_in_while_large_ones_fill_the_memory() -> None:
    full = Memory(most=0)
    assert taken_in(Coming(b"small"), memory=full).content() == b"small"
    large = Coming(b"a" * 100_000)
    assert refused(large, memory=full, largest=1 << 30) is HTTPStatus.SERVICE_UNAVAILABLE


def test_a_thread_goes_on_after_an_error() -> None:
    async def twice() -> int:
        threads = Threads(1)
        with pytest.raises(ZeroDivisionError):
            await threads.run(lambda: 1 // 0)
        return await threads.run(lambda: 7)

    assert asyncio.run(twice()) == 7


def test_of_idle_threads_the_one_that_worked_last_works_next() -> None:
    async def names() -> set[str]:
        threads = Threads(4)
        return {await worked_by(threads) for _ in range(20)}

    async def worked_by(threads: Threads) -> str:
        while threads.idle < 4:
            await asyncio.sleep(0.001)
        return await threads.run(lambda: threading.current_thread().name)

    assert len(asyncio.run(names())) == 1


def test_all_threads_work_when_there_is_work_for_all() -> None:
    meeting = threading.Barrier(4)

    async def all_meet() -> list[int]:
        threads = Threads(4)
        return await asyncio.gather(*(threads.run(meeting.wait, 5) for _ in range(8)))

    assert sorted(asyncio.run(all_meet())) == [0, 0, 1, 1, 2, 2, 3, 3]


def test_those_who_come_back_together_are_helped_together_and_who_is_alone_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rounds: list[int] = []
    waits: list[float] = []

    async def client(line: Line[int, int], times: int) -> None:
        for number in range(times):
            await line.run(number)

    def work(items: Sequence[int]) -> Sequence[int]:
        rounds.append(len(items))
        return items

    async def many() -> None:
        line = Line(work, most=64)
        await asyncio.gather(*(client(line, 50) for _ in range(8)))
        assert len(rounds) < 200  # of 400 that came
        await client(line, 1)  # nobody knows yet that this one is alone
        monkeypatch.setattr(time, "sleep", waits.append)
        await client(line, 10)

    asyncio.run(many())
    assert not waits


def test_a_line_does_together_what_came_meanwhile_and_gives_each_its_own() -> None:
    rounds: list[int] = []
    go_on = threading.Event()

    def double(items: Sequence[int]) -> list[int]:
        rounds.append(len(items))
        go_on.wait(5)
        return [2 * item for item in items]

    async def many() -> list[int]:
        line = Line(double, most=4)
        first = asyncio.create_task(line.run(0))
        while not rounds:
            await asyncio.sleep(0.01)
        others = [asyncio.create_task(line.run(number)) for number in range(1, 8)]
        others[2].cancel()  # this one's client is gone
        await asyncio.sleep(0.05)
        go_on.set()
        return [await first, *await asyncio.gather(*others[:2], *others[3:])]

    assert asyncio.run(many()) == [0, 2, 4, 8, 10, 12, 14]
    assert rounds[0] == 1
    assert max(rounds) <= 4


def test_a_line_tells_everybody_of_an_error_and_goes_on() -> None:
    async def after_an_error() -> list[Any]:
        line = Line(lambda items: [1 // item for item in items], most=4)
        failed = await asyncio.gather(line.run(0), return_exceptions=True)
        return [*failed, await line.run(1)]

    error, fine = asyncio.run(after_an_error())
    assert isinstance(error, ZeroDivisionError)
    assert fine == 1


@pytest.mark.parametrize(
    ("coming", "length", "status", "says"),
    [
        (Coming(b""), "99999999", 413, "at most 16777216 bytes"),
        (Coming(b"{", breaks_off=True), "50", 400, "broke off"),
        (Coming(*[b"a"] * 50, every=0.01), "50", 408, "too slowly"),
    ],
)
def test_the_door_refuses_in_the_words_of_xapi(
    monkeypatch: pytest.MonkeyPatch, coming: Coming, length: str, status: int, says: str
) -> None:
    monkeypatch.setattr(bodies, "PATIENCE", 0.05)
    said: list[Any] = []
    coming.response_bytes = lambda *answer: said.append(answer)  # type: ignore[attr-defined]
    headers = {"content-length": length, "x-experience-api-version": "1.0.3"}
    scope = SimpleNamespace(method="POST", path="/xapi/statements", headers=headers)
    asyncio.run(Door(lambda environ, start: [], [Mount()]).__rsgi__(scope, coming))
    [(given, told, body)] = said
    assert (given, json.loads(body)["status"]) == (status, status)
    assert says in json.loads(body)["detail"]
    assert ("X-Experience-API-Version", "1.0.3") in told
    assert ("connection", "close") in told


# The real process -------------------------------------------------------------------------------
STATE = "/xapi/activities/state?" + urlencode(
    {"activityId": ACTIVITY, "agent": json.dumps(PERSON), "stateId": "s"}
)
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def running(django_db_setup: None) -> Iterator[Web]:
    with web() as one:
        yield one


@pytest.fixture
def client(running: Web, transactional_db: None) -> Client:
    return Client.made(running.port)


def answer_to(running: Web, request: bytes, *, then: str) -> bytes:
    """What is said to a request that is not all there."""
    with running.socket() as connection:
        connection.sendall(request)
        time.sleep(0.1)
        if then == "leaves":
            return b""
        connection.shutdown(1)
        return all_of(connection, 3)


HALF: list[tuple[dict[str, str], bytes]] = [
    ({"Content-Length": "1000"}, b"x" * 500),
    ({"Content-Length": "5000000"}, b"x" * 2_000_000),
    ({"Transfer-Encoding": "chunked"}, b"1f4\r\n" + b"x" * 500 + b"\r\n"),
    ({"Transfer-Encoding": "chunked"}, b"1f4\r\n" + b"x" * 200),
    ({"Transfer-Encoding": "chunked"}, b"no number\r\n"),
]


@pytest.mark.processes
def test_half_a_request_leaves_nothing(running: Web, client: Client) -> None:
    for how, part in HALF:
        for then in ("leaves", "waits"):
            headers = client.headers(Content_Type="text/plain") | how
            said = answer_to(running, head("PUT", STATE, headers) + part, then=then)
            assert then == "leaves" or b" 400 " in said.splitlines()[0], (how, said)
            time.sleep(0.2)
            assert client.send("GET", STATE).status == 404, (how, then)
    assert not Document.objects.exists()


@pytest.mark.processes
def test_a_whole_request_in_chunks_is_fine(running: Web, client: Client) -> None:
    body = dumped(statement())
    headers = client.headers(Transfer_Encoding="chunked")
    chunks = b"%x\r\n%b\r\n3\r\n%b\r\n0\r\n\r\n" % (len(body) - 3, body[:-3], body[-3:])
    with running.socket() as connection:
        connection.sendall(head("POST", "/xapi/statements", headers) + chunks)
        assert b" 200 " in all_of(connection).splitlines()[0]
    assert StatementRecord.objects.count() == 1


@pytest.mark.processes
def test_bodies_over_the_limit_are_refused_and_cost_no_memory(running: Web, client: Client) -> None:
    client.send("POST", body=b"x" * 15 * MEGABYTE)  # what a good request may cost is paid
    before = running.memory()
    announced = client.headers(Content_Length=str(100 * MEGABYTE))
    in_chunks = client.headers(Transfer_Encoding="chunked")
    chunk = b"%x\r\n%b\r\n" % (MEGABYTE, bytes(MEGABYTE))
    heard = []
    for headers, piece in [(announced, bytes(MEGABYTE)), (in_chunks, chunk)] * 25:
        with running.socket() as connection:
            connection.sendall(head("POST", "/xapi/statements", headers))
            assert offer(connection, piece, 100) < 90 * MEGABYTE
            heard.append(all_of(connection, 3))
    grown = running.memory() - before
    clear = [one for one in heard if b" 413 " in one and b"at most 16777216 bytes" in one]
    print(f"grown by {grown / MEGABYTE:.0f} MB after 50 bodies of 100 MB; {len(clear)} heard why")
    assert grown < 40 * MEGABYTE
    assert len(clear) > 25  # the others were still sending when the connection was closed
    assert not StatementRecord.objects.exists()


@pytest.mark.processes
def test_two_hundred_slow_clients_keep_nobody_waiting(running: Web, client: Client) -> None:
    lines = head("POST", "/xapi/statements", client.headers(Content_Length="10000"))
    chunked = head("POST", "/xapi/statements", client.headers(Transfer_Encoding="chunked"))
    slow = [running.socket() for _ in range(200)]
    for number, connection in enumerate(slow):  # some are slow from the first line on
        connection.sendall([lines, chunked, b"POST /xapi/statements HTTP/1.1\r\nHo"][number % 3])
    over = threading.Event()

    def send_a_byte_a_second() -> None:
        while not over.wait(1):
            for connection in slow:
                with contextlib.suppress(OSError):
                    connection.sendall(b"1")

    trickle = threading.Thread(target=send_a_byte_a_second)
    trickle.start()
    took = []
    try:
        for _ in range(50):
            began = time.monotonic()
            assert client.send("POST", body=statement()).status == 200
            assert client.send("GET").status == 200
            assert client.send("GET", "/hulp/").status == 200
            took.append(time.monotonic() - began)
            time.sleep(0.05)
    finally:
        over.set()
        trickle.join()
        for connection in slow:
            connection.close()
    print(f"three requests took at most {max(took) * 1000:.0f} ms beside 200 slow clients")
    assert statistics.median(took) < 1  # one may have waited for something else on this machine
    assert StatementRecord.objects.count() == 50
