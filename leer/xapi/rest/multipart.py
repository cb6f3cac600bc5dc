"""``multipart/mixed``, as xAPI uses it for attachments (Communication, 1.5.2; RFC 2046, 5.1).

Binary safe and strict: parts are found by their boundary, nothing is guessed.
"""

import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leer.xapi.rest.http import JSON, bad_request

TYPE = "multipart/mixed"
_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
MOST_PARTS = 200


@dataclass(frozen=True)
class Part:
    """Header names are in lower case."""

    headers: Mapping[str, str]
    body: bytes


def read(content_type: str, body: bytes) -> list[Part]:
    """The parts of a body. Raises ``Problem``."""
    found = _BOUNDARY.search(content_type)
    if not found:
        raise bad_request("multipart/mixed needs a boundary in its Content-Type")
    mark = b"\r\n--" + (found[1] or found[2]).encode()
    pieces = (b"\r\n" + body).split(mark, MOST_PARTS + 2)
    if len(pieces) - 2 > MOST_PARTS:
        raise bad_request(f"more than {MOST_PARTS} parts")
    if len(pieces) < 3 or not pieces[-1].startswith(b"--"):
        raise bad_request("the body does not begin and end with its boundary")
    return [_part(piece) for piece in pieces[1:-1]]


def _part(piece: bytes) -> Part:
    padding, line_end, rest = piece.partition(b"\r\n")
    if padding.strip(b" \t") or not line_end:
        raise bad_request("something follows a boundary on its line")
    head, blank, body = (b"\r\n" + rest).partition(b"\r\n\r\n")
    if not blank:
        raise bad_request("a part has no blank line between its headers and its body")
    return Part(dict(_header(line) for line in head.split(b"\r\n") if line), body)


def _header(line: bytes) -> tuple[str, str]:
    name, colon, value = line.decode("latin-1").partition(":")
    if not colon:
        raise bad_request("a part has a header without a colon")
    return name.strip().lower(), value.strip()


def write(first: bytes, files: Iterable[tuple[str, str, bytes]]) -> tuple[str, bytes]:
    """Content type and body: JSON first, then files as (SHA-2, content type, content)."""
    boundary = secrets.token_hex(16)
    parts = [f"--{boundary}\r\nContent-Type: {JSON}\r\n\r\n".encode(), first]
    for sha2, content_type, content in files:
        head = (
            f"\r\n--{boundary}\r\nContent-Type: {content_type}\r\n"
            f"Content-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}\r\n\r\n"
        )
        parts += [head.encode(), content]
    parts.append(f"\r\n--{boundary}--\r\n".encode())
    return f"{TYPE}; boundary={boundary}", b"".join(parts)
