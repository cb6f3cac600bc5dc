"""The RSGI application that granian runs: requests in, threads, answers out."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Protocol

from leer.core.front.bodies import Body, Memory, Unacceptable
from leer.core.front.threads import Line, Threads
from leer.core.front.wsgi import Answer, Application, Headers, environ_of

WITHOUT_BODY = {"GET", "HEAD", "OPTIONS"}
LARGEST = 1024 * 1024 * 1024  # a film
THREADS = 8
TOGETHER = 64  # requests


class Reply(Protocol):
    """A whole answer."""

    status: int
    body: bytes

    def all_headers(self) -> Headers:
        """Names and values."""


class Mount(Protocol):
    """An application beside Django, for the paths that begin with ``prefix``."""

    prefix: str

    @property
    def largest(self) -> int:
        """Bytes that a request may have."""

    def answer(self, scope: Any, body: bytes) -> Reply:
        """Called in a thread, with the whole request."""

    def refuse(self, scope: Any, status: HTTPStatus) -> Reply:
        """The answer to a request that is not taken in. Called in the event loop."""

    def goes_together(self, scope: Any, size: int) -> bool:
        """Whether a request with a body of so many bytes gains by being answered with others."""

    def answer_together(self, complete: Sequence[tuple[Any, bytes]]) -> Sequence[Reply]:
        """Called in a thread of its own, with those that came meanwhile."""


class Door:
    """Mounts first, and Django for the rest."""

    def __init__(self, django: Application, mounts: list[Mount]) -> None:
        self._django, self._mounts = django, mounts
        self._memory = Memory()
        self._lines = {one.prefix: Line(one.answer_together, most=TOGETHER) for one in mounts}
        self._in_thread = Threads(THREADS).run

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """One request."""
        mount = next((one for one in self._mounts if scope.path.startswith(one.prefix)), None)
        body = Body(self._memory, mount.largest if mount else LARGEST)
        try:
            if scope.method not in WITHOUT_BODY:
                await body.read(protocol, _announced(scope.headers))
            if mount:
                await self._mounted(mount, scope, body, protocol)
            else:
                await self._wsgi(scope, body, protocol)
        except Unacceptable as error:
            _refuse(protocol, mount.refuse(scope, error.status) if mount else Refusal(error.status))
        finally:
            body.close()

    async def _mounted(self, mount: Mount, scope: Any, body: Body, protocol: Any) -> None:
        content = body.content()
        if mount.goes_together(scope, body.size):
            reply = await self._lines[mount.prefix].run((scope, content))
        else:
            reply = await self._in_thread(mount.answer, scope, content)
        protocol.response_bytes(reply.status, reply.all_headers(), reply.body)

    async def _wsgi(self, scope: Any, body: Body, protocol: Any) -> None:
        answer = await self._in_thread(Answer, self._django, environ_of(scope, body))
        if answer.whole is not None:
            protocol.response_bytes(answer.status, answer.headers, answer.whole)
            return
        try:
            await self._stream(answer, protocol)
        finally:
            await self._in_thread(answer.close)

    async def _stream(self, answer: Answer, protocol: Any) -> None:
        transport = protocol.response_stream(answer.status, answer.headers)
        while (piece := await self._in_thread(answer.next_piece)) is not None:
            await transport.send_bytes(piece)


def _announced(headers: Mapping[str, str]) -> int:
    """The length that a body has; nothing when it comes in chunks, whatever else is said."""
    said = "" if "transfer-encoding" in headers else headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() else 0


class Refusal:
    """What is said of a request that was not taken in."""

    def __init__(self, status: HTTPStatus) -> None:
        self.status = status.value
        self.body = f"{status.value} {status.phrase}\n".encode()

    def all_headers(self) -> Headers:
        """Names and values."""
        return [("content-type", "text/plain")]


def _refuse(protocol: Any, reply: Reply) -> None:
    headers = [*reply.all_headers(), ("connection", "close")]
    protocol.response_bytes(reply.status, headers, reply.body)
