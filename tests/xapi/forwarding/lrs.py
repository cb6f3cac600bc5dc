"""Another LRS, over real HTTP, that can be told to misbehave."""

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from leer.xapi.rest import multipart

KEY, SECRET = "the-key", "the-secret"
PASS = "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()


@dataclass(frozen=True)
class Came:
    """A request that came in."""

    headers: Mapping[str, str]
    ids: list[str]


@dataclass(frozen=True)
class Says:
    """An answer other than "taken"."""

    status: int
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


type Mood = Callable[[Came], Says | None]


class Lrs:
    """What it holds, what came in, and how it feels. ``mood`` answers before anything is kept;
    ``afterthought`` after it was kept and before the answer.
    """

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}
        self.files: dict[str, bytes] = {}
        self.came: list[Came] = []
        self.mood: Mood = lambda came: None
        self.afterthought: Mood = lambda came: None
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None
        self.open(0)

    def open(self, port: int) -> None:
        """Listen, on the same address as before or on one that is free."""
        handler = type("Handler", (_Handler,), {"lrs": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()

    def close(self) -> None:
        """Be gone: nobody answers at the address."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/xapi"

    def take(self, came: Came, statements: list[Any], files: dict[str, bytes]) -> Says:
        with self._lock:
            self.came.append(came)
        if came.headers.get("Authorization") != PASS:
            return Says(401, f"who is {came.headers.get('Authorization')}?")
        if mood := self.mood(came):
            return mood
        with self._lock:
            self.kept |= {one["id"]: one for one in statements}
            self.files |= files
        return self.afterthought(came) or Says(200, json.dumps(came.ids))


class _Handler(BaseHTTPRequestHandler):
    lrs: Lrs

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        files: dict[str, bytes] = {}
        if self.headers["Content-Type"].startswith("multipart/mixed"):
            first, *parts = multipart.read(self.headers["Content-Type"], body)
            files = {part.headers["x-experience-api-hash"]: part.body for part in parts}
            body = first.body
        statements = json.loads(body)
        came = Came(dict(self.headers), [one["id"] for one in statements])
        answer = self.lrs.take(came, statements, files)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.text.encode())))
        self.end_headers()
        self.wfile.write(answer.text.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


@contextmanager
def another_lrs() -> Iterator[Lrs]:
    lrs = Lrs()
    try:
        yield lrs
    finally:
        lrs.close()
