"""How far an import is: a small file beside the file, with a digest of the lines behind it.

The digest tells whether it is still the same file; a longer one that begins the same is.
"""

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from leer.xapi.transfer.lines import Line


class Changed(Exception):
    """The file is not the one that the checkpoint was made for."""


class Checkpoint:
    """``lines`` were done the last time, and have this ``digest``."""

    def __init__(self, file: Path, *, resume: bool) -> None:
        self._path = file.with_name(file.name + ".voortgang")
        self._lines, self._digest = self._read() if resume else (0, "")
        self.rewind()

    def _read(self) -> tuple[int, str]:
        if not self._path.exists():
            return 0, ""
        kept = json.loads(self._path.read_text(encoding="utf-8"))
        return int(kept["lines"]), str(kept["digest"])

    def rewind(self) -> None:
        """The file is read from its beginning."""
        self._hash, self._count = blake2b(digest_size=16), 0

    def beyond(self, lines: Iterable[Line]) -> Iterator[Line]:
        """The lines that were not done. Raises ``Changed``."""
        for line in lines:
            self._hash.update(line.text + b"\n")
            self._count += 1
            if self._count > self._lines:
                yield line
            elif self._count == self._lines and self._hash.hexdigest() != self._digest:
                raise Changed
        if self._count < self._lines:
            raise Changed

    def keep(self) -> None:
        """What was read so far is done. Whole or not at all."""
        part = self._path.with_suffix(".part")
        part.write_text(json.dumps({"lines": self._count, "digest": self._hash.hexdigest()}))
        part.replace(self._path)

    def forget(self) -> None:
        """All is done."""
        self._path.unlink(missing_ok=True)
