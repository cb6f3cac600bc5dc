"""Django's WSGI application behind the door (PEP 3333)."""

import sys
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from leer.core.front.bodies import Body

type Headers = list[tuple[str, str]]
type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
WITHOUT_PREFIX = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def environ_of(scope: Any, body: Body) -> dict[str, Any]:
    """The request as WSGI has it."""
    host, _, port = scope.server.rpartition(":")
    return {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body.file(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **_headers(scope, body),
    }


def _headers(scope: Any, body: Body) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in scope.headers.items():
        if "_" in name:  # would pass for another header: X_Forwarded_Proto
            continue
        key = WITHOUT_PREFIX.get(name) or "HTTP_" + name.upper().replace("-", "_")
        joined = "; " if name == "cookie" else ","
        found[key] = f"{found[key]}{joined}{value}" if key in found else value
    if scope.authority and "HTTP_HOST" not in found:  # HTTP/2
        found["HTTP_HOST"] = scope.authority
    if body.size or "CONTENT_LENGTH" in found:
        found["CONTENT_LENGTH"] = str(body.size)  # also of a body that came in chunks
    return found


class Answer:
    """What the application answered: status and headers, and the body.

    ``whole``: all of it, where it is there at once; then it is closed too, so that one thread did
    it all. Otherwise it comes piece by piece.
    """

    def __init__(self, application: Application, environ: dict[str, Any]) -> None:
        self.status = 0
        self.headers: Headers = []
        self._result = application(environ, self._start)
        self._pieces = iter(self._result)
        self.whole = self._taken() if self._is_whole else None

    def _start(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = int(status.partition(" ")[0]), headers

    @property
    def _is_whole(self) -> bool:
        return isinstance(self._result, (list, tuple)) or not getattr(
            self._result, "streaming", True
        )

    def next_piece(self) -> bytes | None:
        """The next part of the body; ``None`` at its end."""
        return next(self._pieces, None)

    def _taken(self) -> bytes:
        try:
            return b"".join(self._pieces)
        finally:
            self.close()

    def close(self) -> None:
        """Let the application clean up."""
        if close := getattr(self._result, "close", None):
            close()
