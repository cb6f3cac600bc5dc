"""The attachments that statements name, in the words of the statement."""

from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from leer.xapi.store import database

_SIZES = "select sha2, octet_length(content) from xapi_attachmentfile where sha2 = any(%s)"


def named_in(raw: str) -> dict[str, str]:
    """SHA-2, spelled as the statement does, and content type of each of its attachments."""
    if '"attachments"' not in raw:
        return {}
    return {one["sha2"]: one["contentType"] for one in _all(msgspec.json.decode(raw))}


def _all(sentence: Any) -> Iterator[Any]:
    yield from sentence.get("attachments", [])
    if sentence["object"].get("objectType") == "SubStatement":
        yield from _all(sentence["object"])


def sizes(sha2s: Collection[str]) -> dict[str, int]:
    """Bytes of those of these, in lower case, that are kept here."""
    return dict(database.rows(_SIZES, [list(sha2s)])) if sha2s else {}
