"""Taking in the body of a request: not too large, not too slow, not too many at once."""

import asyncio
import io
import tempfile
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import IO, Protocol

IN_MEMORY = 12 * 1024 * 1024  # an upload of a picture stays off the disk until it is cleaned
AT_ONCE = 1024 * 1024  # bytes: such a body costs one turn of the event loop
PATIENCE = 20.0  # seconds for any body
SLOWEST = 16 * 1024  # bytes a second that a large one must come with
MOST_AT_ONCE = 256 * 1024 * 1024  # bytes in memory, of all requests of this process
ALWAYS_TAKEN = 64 * 1024  # bytes of a body, also while large ones of others fill the memory


class Unacceptable(Exception):
    """This body is not taken in; ``status`` says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class Memory:
    """How many bytes of bodies this process holds."""

    def __init__(self, most: int = MOST_AT_ONCE) -> None:
        self.free = most

    def take(self, count: int) -> None:
        """Raises ``Unacceptable`` when that is too many."""
        if count > self.free:
            raise Unacceptable(HTTPStatus.SERVICE_UNAVAILABLE)
        self.free -= count

    def give_back(self, count: int) -> None:
        """That many are free again."""
        self.free += count


class Incoming(Protocol):
    """A body on its way: in pieces as they come, or, when called, the whole of it."""

    def __aiter__(self) -> AsyncIterator[bytes]: ...

    async def __call__(self) -> bytes:
        """All of it."""


class Body:
    """One body while its request lasts: in memory, or what is beyond ``IN_MEMORY`` in a file."""

    def __init__(self, memory: Memory, largest: int) -> None:
        self._memory, self._largest = memory, largest
        self._held: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._in_memory = 0
        self.size = 0

    async def read(self, incoming: Incoming, announced: int) -> None:
        """Take it in. Raises ``Unacceptable``."""
        if announced > self._largest:
            raise Unacceptable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            async with asyncio.timeout(PATIENCE + announced / SLOWEST):
                await self._read(incoming, announced)
        except TimeoutError as error:
            raise Unacceptable(HTTPStatus.REQUEST_TIMEOUT) from error

    async def _read(self, incoming: Incoming, announced: int) -> None:
        if 0 < announced <= AT_ONCE:
            self._add(await _whole(incoming))
            return
        ends = 0
        async for chunk in incoming:
            ends += not chunk
            self._add(chunk)
        # granian says that it is over by an empty piece, and that it broke off by one more.
        if ends > 1 or self.size < announced:
            raise Unacceptable(HTTPStatus.BAD_REQUEST)

    def content(self) -> bytes:
        """All of it."""
        return b"".join(self._held) if self._file is None else self.file().read()

    def file(self) -> IO[bytes]:
        """To read from its beginning."""
        if self._file is None:
            return io.BytesIO(b"".join(self._held))
        self._file.seek(0)
        return self._file

    def close(self) -> None:
        """It is no longer needed."""
        self._memory.give_back(self._in_memory)
        self._in_memory = 0
        if self._file is not None:
            self._file.close()

    def _add(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size > self._largest:
            raise Unacceptable(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self.size <= IN_MEMORY:
            if self.size > ALWAYS_TAKEN:
                self._memory.take(len(chunk))
                self._in_memory += len(chunk)
            self._held.append(chunk)
        else:
            self._spill(chunk)

    def _spill(self, chunk: bytes) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the body)
            self._file.writelines(self._held)
            self._held.clear()
        self._file.write(chunk)


async def _whole(incoming: Incoming) -> bytes:
    try:
        return await incoming()
    except RuntimeError as error:  # it broke off
        raise Unacceptable(HTTPStatus.BAD_REQUEST) from error
