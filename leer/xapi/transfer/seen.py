"""The ids that a file has had so far, so that it cannot contradict itself.

In a temporary table, that goes with the connection: a file may have more of them than memory.
"""

from collections.abc import Sequence
from hashlib import blake2b
from types import TracebackType
from typing import Self

import msgspec

from leer.xapi.statements.comparing import SET_BY_THE_LEDGER
from leer.xapi.store import database
from leer.xapi.transfer.entries import Entry

_CREATE = """
    create temporary table xapi_import_seen (id uuid primary key, line bigint, said bytea)
"""
_ADD = """
    insert into xapi_import_seen (id, line, said)
    select * from unnest(%s::uuid[], %s::bigint[], %s::bytea[]) on conflict do nothing
"""
_FIRST = "select id, line, said from xapi_import_seen where id = any(%s::uuid[])"


class Seen:
    """One reading of a file."""

    def __enter__(self) -> Self:
        database.execute(_CREATE)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        database.execute("drop table if exists xapi_import_seen")

    def contradictions(self, entries: Sequence[Entry]) -> dict[int, int]:
        """The lines of these whose id was there before with other words, and the line of that."""
        ids = [entry.fact.id for entry in entries]
        said = [_told(entry) for entry in entries]
        database.execute(_ADD, [ids, [entry.line.number for entry in entries], said])
        first = {one: (line, bytes(words)) for one, line, words in database.rows(_FIRST, [ids])}
        return {
            entry.line.number: first[entry.fact.id][0]
            for entry, words in zip(entries, said, strict=True)
            if first[entry.fact.id][1] != words
        }


def _told(entry: Entry) -> bytes:
    """A digest of what it says, without what a ledger sets itself."""
    statement = msgspec.json.decode(entry.fact.text + b"}")
    bare = {name: value for name, value in statement.items() if name not in SET_BY_THE_LEDGER}
    return blake2b(msgspec.json.encode(bare, order="sorted"), digest_size=16).digest()
