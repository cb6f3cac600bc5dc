"""The bytes of attachments: kept once, however many statements name them."""

from collections.abc import Collection, Mapping

from leer.xapi.store import database

_KEEP = """
    insert into xapi_attachmentfile (sha2, content) values (%s, %s) on conflict do nothing
"""


def keep(contents: Mapping[str, bytes]) -> None:
    """Store these, by their SHA-2."""
    for sha2, content in sorted(contents.items()):
        database.execute(_KEEP, [sha2, content])


def contents(sha2s: Collection[str]) -> dict[str, bytes]:
    """What is here of these."""
    if not sha2s:
        return {}
    query = "select sha2, content from xapi_attachmentfile where sha2 = any(%s)"
    return {sha2: bytes(content) for sha2, content in database.rows(query, [list(sha2s)])}
