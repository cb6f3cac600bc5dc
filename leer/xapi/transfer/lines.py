"""Statements as lines of JSON: how one is written, and how a file of them is read.

A line is the statement itself, as anybody's LRS writes it. When a whole ledger moves, what is
for one person only comes too, and then every line is an envelope that says so::

    {"private":true,"trusted":true,"statement":{…}}

An LRS that does not know envelopes refuses such a line: nothing private becomes public by
mistake.
"""

import gzip
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec
from msgspec import Raw

from leer.xapi.transfer.reading import Kept

LONGEST_LINE = 64 * 1024 * 1024
GZIP = b"\x1f\x8b"


class CannotRead(Exception):
    """The file is no file of lines, or ends in the middle of one; the text tells where."""


class Envelope(msgspec.Struct, forbid_unknown_fields=True):
    """A statement with what the ledger knows of it."""

    private: bool
    trusted: bool
    statement: Raw


_ENVELOPE = msgspec.json.Decoder(Envelope)
_ENVELOPE_BEGINS = b'{"private":'


def written(one: Kept, *, enveloped: bool) -> bytes:
    """A line, with its end. Line ends inside JSON are white space: in strings they are escaped."""
    raw = one.raw.replace("\n", " ").replace("\r", " ").encode()
    if enveloped:
        raw = msgspec.json.encode(Envelope(one.private, one.trusted, Raw(raw)))
    return raw + b"\n"


def opened(text: bytes) -> tuple[bytes, Envelope | None]:
    """The statement in a line, and its envelope. Raises ``msgspec.MsgspecError``."""
    if not is_enveloped(text):
        return text, None
    envelope = _ENVELOPE.decode(text)
    return bytes(envelope.statement), envelope


def is_enveloped(text: bytes) -> bool:
    """Whether a line is an envelope: a statement does not have such a property."""
    return text.startswith(_ENVELOPE_BEGINS)


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` counts from 1; ``share`` is how much of the file is behind it, 0 to 1."""

    number: int
    text: bytes
    share: float


def lines(path: Path) -> Generator[Line]:
    """Every line of a file, compressed or not (its first bytes tell). Raises ``CannotRead``."""
    size = path.stat().st_size or 1
    number = 0
    try:
        with path.open("rb") as raw, _unpacked(raw) as file:
            while text := file.readline(LONGEST_LINE):
                number += 1
                if not text.endswith(b"\n") and len(text) == LONGEST_LINE:
                    raise CannotRead(f"regel {number} is te lang")
                yield Line(number, text.strip(), min(raw.tell() / size, 1.0))
    except (EOFError, gzip.BadGzipFile, OSError) as error:
        raise CannotRead(f"na regel {number} is het bestand stuk of afgebroken") from error


def _unpacked(raw: IO[bytes]) -> IO[bytes]:
    is_packed = raw.read(len(GZIP)) == GZIP
    raw.seek(0)
    return gzip.GzipFile(fileobj=raw) if is_packed else raw  # type: ignore[return-value]
