"""Looking through the ledger itself, for what no key finds: text, and who stands in a private
statement without being its actor.
"""

from collections.abc import Callable, Collection
from typing import Any

import msgspec

from leer.xapi.statements.keys import Kind, key
from leer.xapi.store import database
from leer.xapi.store.rewriting import Kept

AT_ONCE = 5000

_END = """
    select coalesce(max(position), -1) from (
        select position from xapi_statementrecord where position > %s order by position limit %s
    ) as following
"""
# Text with characters written by their number may hide anything, and is read. So is a private
# statement of another writer: somebody may stand in it besides its actor.
_CANDIDATES = r"""
    select position, statement_id, private, trusted, raw from xapi_statementrecord
    where position > %s and position <= %s and (
        lower(raw) like any(%s) or strpos(raw, '\u') > 0 or private and strpos(raw, %s) = 0
    )
    order by position
"""


def end_of_portion(after: int) -> int:
    """The last place of the next portion; -1 when there is nothing after this place."""
    [(last,)] = database.rows(_END, [after, AT_ONCE])
    return int(last)


def candidates(texts: Collection[str], *, authority: bytes, after: int, through: int) -> list[Kept]:
    """Statements that may hold one of these texts or hide a person. ``authority``: of what this
    writer wrote, only the actor is a person.
    """
    wanted = [after, through, like(texts), f'"authority":{authority.decode()}']
    return [Kept(*row) for row in database.rows(_CANDIDATES, wanted)]


def like(texts: Collection[str]) -> list[str]:
    """Patterns for ``like any``, against text in lower case."""
    escaped = (
        text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for text in texts
    )
    return [f"%{text}%" for text in escaped]


def scrub_activities(texts: Collection[str], scrub: Callable[[Any], Any]) -> int:
    """Change what the ledger knows of activities wherever one of these texts is in it."""
    found = database.rows(_ACTIVITIES, [like(texts)] * 2)
    for old, iri, definition in found:
        new, said = scrub(iri), scrub(msgspec.json.decode(definition))
        database.execute("delete from xapi_activity where key = %s", [old])
        text = msgspec.json.encode(said).decode()
        kind = said.get("type", "")
        database.execute(_KNOW, [key(Kind.ACTIVITY, new), new, kind, text])
    return len(found)


_ACTIVITIES = """
    select key, iri, definition from xapi_activity
    where lower(iri) like any(%s) or lower(definition) like any(%s)
"""
_KNOW = """
    insert into xapi_activity (key, iri, type, definition) values (%s, %s, %s, %s)
    on conflict do nothing
"""
