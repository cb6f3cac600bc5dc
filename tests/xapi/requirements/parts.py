"""Bodies in ``multipart/mixed``, good ones and spoiled ones."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leer.xapi.rest.http import Response
from tests.xapi.rest_client import Lrs, dumped, statement

BOUNDARY = "quay"
CONTENT = bytes(range(256)) + b"\r\n--\r\n"
HASH = hashlib.sha256(CONTENT).hexdigest()
ATTACHMENT: dict[str, Any] = {
    "usageType": "http://example.org/photo",
    "display": {"en": "Photo"},
    "contentType": "image/png",
    "length": len(CONTENT),
    "sha2": HASH,
}


@dataclass(frozen=True)
class Part:
    headers: Mapping[str, str]
    content: bytes

    def without(self, name: str) -> "Part":
        return Part({key: one for key, one in self.headers.items() if key != name}, self.content)

    def having(self, **headers: str) -> "Part":
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Part({**self.headers, **named}, self.content)

    def text(self) -> bytes:
        head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        return head.encode() + b"\r\n" + self.content


def sentence(*statements: Mapping[str, Any]) -> Part:
    """The part that has the statements; one with an attachment unless they are given."""
    said = statements or (statement(attachments=[ATTACHMENT]),)
    body = dumped(said[0] if len(said) == 1 else list(said))
    return Part({"Content-Type": "application/json"}, body)


def file(content: bytes = CONTENT, kind: str = "image/png") -> Part:
    """The part that has the bytes of an attachment."""
    headers = {
        "Content-Type": kind,
        "Content-Transfer-Encoding": "binary",
        "X-Experience-API-Hash": hashlib.sha256(content).hexdigest(),
    }
    return Part(headers, content)


def together(*parts: Part) -> bytes:
    """The body that has these parts."""
    mark = f"--{BOUNDARY}".encode()
    return b"".join(mark + b"\r\n" + part.text() + b"\r\n" for part in parts) + mark + b"--\r\n"


def mixed(lrs: Lrs, *parts: Part, **headers: str) -> Response:
    """These parts, sent."""
    headers.setdefault("content_type", f"multipart/mixed; boundary={BOUNDARY}")
    return lrs.send("POST", body=together(*parts), query=None, **headers)
