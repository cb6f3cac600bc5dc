"""The few changes that the specification makes to the bytes that came.

A statement is kept as text that is still open: its closing brace comes with what the ledger
adds when it is stored (``closed``). Everything else stays to the byte.
"""

from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Raw, UnsetType

from leer.xapi.statements import formats
from leer.xapi.statements.shape import (
    Context,
    Object,
    Sentence,
    Statement,
    SubStatement,
)

_READ = msgspec.json.Decoder(dict[str, Raw])
OLD, NEW = "1.0.0", "2.0.0"  # the version of a statement that does not say (2.4.10)


def opened(
    raw: bytes, statement: Statement, subject: Object, identity: UUID, version: str
) -> bytes:
    """The statement without its last brace, with id and version, without what the ledger says."""
    text = raw.strip()
    if _must_change(statement, subject, version):
        text = _changed(raw, statement, subject, version)
    text = text[:-1]
    if statement.id is UNSET:
        text += b',"id":"%s"' % str(identity).encode()
    if statement.version is UNSET:
        text += b',"version":"%s"' % (OLD if version.startswith("1") else NEW).encode()
    return text


def closed(text: bytes, *, has_timestamp: bool, stored: bytes, authority: bytes) -> bytes:
    """The statement as it is served: with ``stored``, ``authority`` and a timestamp (2.4.7)."""
    if not has_timestamp:
        text += b',"timestamp":"%s"' % stored
    return text + b',"stored":"%s","authority":%s}' % (stored, authority)


def _must_change(statement: Statement, subject: Object, version: str) -> bool:
    return (
        statement.stored is not UNSET
        or statement.authority is not UNSET
        or _must_change_within(statement, version)
        or (isinstance(subject, SubStatement) and _must_change_within(subject, version))
    )


def _must_change_within(sentence: Sentence, version: str) -> bool:
    return _is_elsewhere(sentence.timestamp, version) or _has_single_activity(sentence.context)


def _is_elsewhere(at: str | UnsetType, version: str) -> bool:
    """2.0 has timestamps in UTC: another offset is converted (IEEE 9274.1.1, 4.2.4.2)."""
    return at is not UNSET and not formats.is_utc(at) and version.startswith("2")


def _has_single_activity(context: Context | UnsetType) -> bool:
    """A context activity that must become a list of one (2.4.6.2)."""
    if context is UNSET or context.contextActivities is UNSET:
        return False
    return context.contextActivities.has_single


def _changed(raw: bytes, statement: Statement, subject: Object, version: str) -> bytes:
    parts = _READ.decode(raw)
    parts.pop("stored", None)
    parts.pop("authority", None)
    _change_within(parts, statement, version)
    if isinstance(subject, SubStatement) and _must_change_within(subject, version):
        inner = _READ.decode(parts["object"])
        _change_within(inner, subject, version)
        parts["object"] = _raw(inner)
    return msgspec.json.encode(parts)


def _change_within(parts: dict[str, Raw], sentence: Sentence, version: str) -> None:
    if _is_elsewhere(sentence.timestamp, version):
        parts["timestamp"] = _raw(formats.as_text(formats.moment(str(sentence.timestamp))))
    if _has_single_activity(sentence.context):
        parts["context"] = _with_lists(parts["context"])


def _with_lists(context: Raw) -> Raw:
    parts = _READ.decode(context)
    around = _READ.decode(parts["contextActivities"])
    for name, part in around.items():
        if bytes(part).startswith(b"{"):
            around[name] = _raw([part])
    parts["contextActivities"] = _raw(around)
    return _raw(parts)


def _raw(parts: Any) -> Raw:
    return Raw(msgspec.json.encode(parts))
