"""The threads that do the work of requests.

A third of the cost of ``concurrent.futures`` (measured): no locks beside the queue's own, and
one wake-up of the event loop for an answer.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from queue import SimpleQueue
from typing import Any


class Threads:
    """So many threads, for as long as the process lives.

    Of those that have nothing to do, the one that worked last works next: it is warm, and so is
    its connection to the database.
    """

    def __init__(self, count: int) -> None:
        self._lock = threading.Lock()
        self._backlog: deque[Callable[[], None]] = deque()
        self._idle: list[SimpleQueue[Callable[[], None]]] = []
        for number in range(count):
            threading.Thread(target=self._serve, name=f"web-{number}", daemon=True).start()

    @property
    def idle(self) -> int:
        """How many of them have nothing to do."""
        return len(self._idle)

    async def run[**P, R](self, work: Callable[P, R], *args: P.args, **named: P.kwargs) -> R:
        """The result of this work, done in one of the threads."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = loop.create_future()

        def do() -> None:
            try:
                result = work(*args, **named)
            except BaseException as error:
                loop.call_soon_threadsafe(_fail, future, error)
            else:
                loop.call_soon_threadsafe(_succeed, future, result)

        self._give(do)
        return await future

    def _give(self, work: Callable[[], None]) -> None:
        with self._lock:
            if self._idle:
                self._idle.pop().put(work)
            else:
                self._backlog.append(work)

    def _serve(self) -> None:
        own: SimpleQueue[Callable[[], None]] = SimpleQueue()
        while True:
            with self._lock:
                if self._backlog:
                    own.put(self._backlog.popleft())
                else:
                    self._idle.append(own)
            own.get()()


PATIENCE = 0.0005  # seconds


class Line[T, R]:
    """One thread that takes all that is waiting and does it in one go.

    For work that is cheaper together: what comes meanwhile waits for the next go. Who comes alone
    is helped at once; while several come, a go begins a moment later than it could, since those
    who were just answered come back together (PostgreSQL's ``commit_delay`` does the same).
    """

    def __init__(self, work: Callable[[Sequence[T]], Sequence[R]], *, most: int) -> None:
        self._work, self._most = work, most
        self._queue: SimpleQueue[tuple[T, asyncio.Future[R]]] = SimpleQueue()
        self._loop: asyncio.AbstractEventLoop | None = None
        threading.Thread(target=self._serve, name="web-line", daemon=True).start()

    async def run(self, item: T) -> R:
        """What became of this item."""
        self._loop = asyncio.get_running_loop()
        future: asyncio.Future[R] = self._loop.create_future()
        self._queue.put((item, future))
        return await future

    def _serve(self) -> None:
        waiting: list[tuple[T, asyncio.Future[R]]] = []
        while True:
            first = self._queue.get()
            if len(waiting) > 1:
                time.sleep(PATIENCE)
            waiting = [first, *self._more()]
            assert self._loop is not None
            self._loop.call_soon_threadsafe(*self._outcome(waiting))

    def _more(self) -> "Iterator[tuple[T, asyncio.Future[R]]]":
        for _ in range(min(self._queue.qsize(), self._most - 1)):
            yield self._queue.get()

    def _outcome(self, waiting: list[tuple[T, "asyncio.Future[R]"]]) -> tuple[Any, ...]:
        futures = [future for _, future in waiting]
        try:
            return _succeed_all, futures, self._work([item for item, _ in waiting])
        except BaseException as error:
            return _fail_all, futures, error


def _succeed_all(futures: "Sequence[asyncio.Future[Any]]", results: Sequence[Any]) -> None:
    for future, result in zip(futures, results, strict=True):
        _succeed(future, result)


def _fail_all(futures: "Sequence[asyncio.Future[Any]]", error: BaseException) -> None:
    for future in futures:
        _fail(future, error)


def _succeed(future: "asyncio.Future[Any]", result: Any) -> None:
    if not future.cancelled():
        future.set_result(result)


def _fail(future: "asyncio.Future[Any]", error: BaseException) -> None:
    if not future.cancelled():
        future.set_exception(error)
