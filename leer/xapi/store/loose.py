"""Attachment files that a statement let go of: gone as well, when no other statement names them.

Finding that out means looking through the ledger, so it is done for many at once, and what waits
for it is kept in a table (``LooseFile``).
"""

from collections.abc import Collection

from django.db import transaction

from leer.xapi.store import database, rewriting

AT_ONCE = 50
_KEEP = "insert into xapi_loosefile (sha2) select unnest(%s::text[]) on conflict do nothing"
_NEXT = "select sha2 from xapi_loosefile order by sha2 limit %s"
_NAMED = """
    select loose.sha2 from unnest(%s::text[]) as loose (sha2) where exists (
        select from xapi_statementrecord record
        where record.position > %s and strpos(lower(record.raw), loose.sha2) > 0
    )
"""


def let_go(sha2s: Collection[str]) -> None:
    """A statement that named these does so no more."""
    if sha2s:
        database.execute(_KEEP, [sorted({sha2.lower() for sha2 in sha2s})])


def sweep(horizon: int) -> None:
    """Remove the loose files that nobody names. ``horizon`` is the first place that may still be
    written: what comes from there on while we look is looked at when nobody writes.
    """
    while loose := [sha2 for (sha2,) in database.rows(_NEXT, [AT_ONCE])]:
        named = _named(loose, after=-1)
        with transaction.atomic():
            rewriting.alone()
            named |= _named(loose, after=horizon - 1)  # what came while we looked
            gone = [sha2 for sha2 in loose if sha2 not in named]
            database.execute("delete from xapi_attachmentfile where sha2 = any(%s)", [gone])
            database.execute("delete from xapi_loosefile where sha2 = any(%s)", [loose])


def _named(loose: Collection[str], *, after: int) -> set[str]:
    return {sha2 for (sha2,) in database.rows(_NAMED, [list(loose), after])}
