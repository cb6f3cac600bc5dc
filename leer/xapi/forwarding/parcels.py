"""Statements that go in one request, with the bytes of their attachments.

"An LRS MUST NOT push Statements into another LRS without including Attachment data received"
(xAPI 1.0.3, Part Three, 2.1.1), also where the statement gives an address for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from leer.xapi.rest import multipart
from leer.xapi.rest.http import JSON
from leer.xapi.store import files
from leer.xapi.transfer import attachments
from leer.xapi.transfer.reading import Kept

MOST_BYTES = 8 * 1024 * 1024  # in one request; one statement with its attachments may be larger
MOST_FILES = 100


@dataclass(frozen=True)
class Parcel:
    """What goes in one request; never empty."""

    statements: Sequence[Kept]

    @property
    def last_place(self) -> int:
        """How far the ledger is delivered once this was taken."""
        return self.statements[-1].place

    @property
    def ids(self) -> set[str]:
        """As an LRS answers them."""
        return {str(one.id) for one in self.statements}

    def halves(self) -> tuple["Parcel", "Parcel"]:
        """Two smaller ones, in order."""
        middle = len(self.statements) // 2
        return Parcel(self.statements[:middle]), Parcel(self.statements[middle:])

    def body(self) -> tuple[str, bytes]:
        """Content type and body of the request: the statements to the byte as they are kept."""
        statements = ("[" + ",".join(one.raw for one in self.statements) + "]").encode()
        named: dict[str, str] = {}
        for one in self.statements:
            named |= attachments.named_in(one.raw)
        kept = files.contents([sha2.lower() for sha2 in named])
        if not kept:
            return JSON, statements
        spelled = {sha2.lower(): sha2 for sha2 in named}
        return multipart.write(
            statements,
            [(spelled[sha2], named[spelled[sha2]], content) for sha2, content in kept.items()],
        )


def parcels(statements: Sequence[Kept], most: int) -> Iterator[Parcel]:
    """In order, in requests of at most so many statements and not too large."""
    taken: list[Kept] = []
    size = count = 0
    for one in statements:
        of_files = attachments.sizes([sha2.lower() for sha2 in attachments.named_in(one.raw)])
        size += len(one.raw) + sum(of_files.values())
        count += len(of_files)
        if taken and (len(taken) == most or size > MOST_BYTES or count > MOST_FILES):
            yield Parcel(taken)
            taken, count = [], len(of_files)
            size = len(one.raw) + sum(of_files.values())
        taken.append(one)
    if taken:
        yield Parcel(taken)
