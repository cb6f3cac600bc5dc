"""A client that costs little: bytes that were made before, over sockets that stay open."""

import base64
import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import quantiles

ENDPOINT = "/xapi/statements"


@dataclass(frozen=True)
class Client:
    """Somebody with a credential, at a port of this machine."""

    port: int
    key: str
    secret: str

    def post(self, body: bytes) -> bytes:
        """A POST of statements."""
        length = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return self._head("POST", ENDPOINT, length) + body

    def get(self, query: str) -> bytes:
        """A GET of statements."""
        return self._head("GET", f"{ENDPOINT}?{query}", "")

    def _head(self, method: str, path: str, more: str) -> bytes:
        proof = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
        return (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {proof}\r\n"
            f"X-Experience-API-Version: 2.0.0\r\n{more}\r\n"
        ).encode()


class Refused(Exception):
    """An answer that is not 200."""


@dataclass(frozen=True)
class Timing:
    """How a run went: requests a second, and milliseconds at the median and the 95th percentile."""

    rate: float
    median: float
    p95: float


def run(port: int, requests: Iterable[bytes], *, connections: int) -> Timing:
    """Send these, one at a time on each of so many connections, and wait for every answer."""
    waiting = iter(requests)
    took: list[float] = []
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            _Connection(port, selector).send_next(waiting)
        began = time.monotonic()
        while selector.get_map():
            for key, _ in selector.select():
                seconds = key.data.receive()
                if seconds is not None:
                    took.append(seconds)
                    key.data.send_next(waiting)
        elapsed = time.monotonic() - began
    cuts = quantiles(took, n=20)
    return Timing(len(took) / elapsed, cuts[9] * 1000, cuts[18] * 1000)


class _Connection:
    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._selector = selector
        self._selector.register(self._socket, selectors.EVENT_READ, self)
        self._received = b""
        self._sent_at = 0.0

    def send_next(self, waiting: Iterator[bytes]) -> None:
        """The next request; the end of this connection when there is none."""
        request = next(waiting, None)
        if request is None:
            self._selector.unregister(self._socket)
            self._socket.close()
            return
        self._sent_at = time.monotonic()
        self._socket.sendall(request)

    def receive(self) -> float | None:
        """What is there; the seconds that the answer took, when it is whole."""
        self._received += self._socket.recv(1 << 18)
        if not _is_whole(self._received):
            return None
        if not self._received.startswith(b"HTTP/1.1 200"):
            raise Refused(self._received[:2000].decode(errors="replace"))
        self._received = b""
        return time.monotonic() - self._sent_at


def _is_whole(received: bytes) -> bool:
    head, blank, body = received.partition(b"\r\n\r\n")
    if not blank:
        return False
    _, _, rest = head.lower().partition(b"content-length:")
    return len(body) >= int(rest.split(b"\r\n")[0])
