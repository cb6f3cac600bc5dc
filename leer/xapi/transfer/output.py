"""Files that grow by whole lines, and go on where an interruption left them.

A compressed file grows by whole members (RFC 1952, 2.2: a file is a series of them). So after
an interruption at most the last member or the last line is torn, and is cut off.
"""

import gzip
import os
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Self

AT_ONCE = 1024 * 1024  # bytes
LEVEL = 6


class Output(ABC):
    """A file of lines. Statements are about persons: only the owner may read it."""

    def __init__(self, path: Path, *, resume: bool) -> None:
        """Raises ``FileExistsError`` for a file that is there, unless it is to be resumed."""
        how = os.O_RDWR | os.O_CREAT | (0 if resume else os.O_EXCL)
        self._file = os.fdopen(os.open(path, how, 0o600), "r+b")
        self.last_line = self._cut()

    @abstractmethod
    def _cut(self) -> bytes:
        """Take off what is torn and stand at the end; gives the last line, empty for none."""

    @abstractmethod
    def write(self, lines: bytes) -> None:
        """Add whole lines."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with self._file as file:
            file.flush()
            os.fsync(file.fileno())


class Plain(Output):
    """Lines as they are."""

    def _cut(self) -> bytes:
        file = self._file
        end = file.seek(0, os.SEEK_END)
        tail = b""
        while end and tail.count(b"\n") < 2:
            step = min(AT_ONCE, end)
            end = file.seek(end - step)
            tail = file.read(step) + tail
        whole = tail[: tail.rfind(b"\n") + 1]
        file.seek(end + len(whole))
        file.truncate()
        return _last(whole)

    def write(self, lines: bytes) -> None:
        """Handed to the system at once, so that a kill tears at most one line."""
        self._file.write(lines)
        self._file.flush()


class Packed(Output):
    """A gzip member for each portion of lines."""

    def _cut(self) -> bytes:
        good, last = 0, b""
        for end, tail in _members(self._file):
            good, last = end, tail
        self._file.seek(good)
        self._file.truncate()
        return last

    def write(self, lines: bytes) -> None:
        """As one member."""
        self._file.write(gzip.compress(lines, LEVEL, mtime=0))
        self._file.flush()


def _members(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Where each whole member ends, and the last line in it; stops at one that is torn."""
    file.seek(0)
    end, left = 0, b""
    while left := left or file.read(AT_ONCE):
        unpacked, tail = zlib.decompressobj(wbits=31), b""
        try:
            while not unpacked.eof:
                packed = left or file.read(AT_ONCE)
                fresh = unpacked.decompress(packed, AT_ONCE)
                if not (packed or fresh or unpacked.eof):
                    return
                left, tail = unpacked.unconsumed_tail, _tail(tail + fresh)
        except zlib.error:
            return
        left = unpacked.unused_data
        end = file.tell() - len(left)
        yield end, _last(tail)


def _tail(text: bytes) -> bytes:
    """The last whole line, and what follows it."""
    return text[text.rfind(b"\n", 0, max(text.rfind(b"\n"), 0)) + 1 :]


def output(path: Path, *, resume: bool) -> Output:
    """The file, compressed when its name says so."""
    kind = Packed if path.suffix == ".gz" else Plain
    return kind(path, resume=resume)


def _last(lines: bytes) -> bytes:
    """The last of these lines, without its end."""
    return lines[:-1].rpartition(b"\n")[2]
