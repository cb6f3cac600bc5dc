"""Whether two statements with one id tell the same (Data, 2.3.1, Statement Comparison).

Left out is what the ledger may have set and what is not part of the statement itself: the
definitions of activities, the display of verbs, the order of members, attachments.
"""

import re
from typing import Any

import msgspec

from leer.xapi.statements.formats import moment

SET_BY_THE_LEDGER = ("id", "authority", "stored", "version", "attachments")
LISTS = ("parent", "grouping", "category", "other")


def tell_the_same(one: bytes | str, other: bytes | str) -> bool:
    """Compare two statements as they are stored."""
    first, second = msgspec.json.decode(one), msgspec.json.decode(other)
    if any(str(said.get("version", "")).startswith("2") for said in (first, second)):
        for said in (first, second):
            _to_hundredths(said)
    return _moments_agree(first, second) and _bare(first) == _bare(second)


def _to_hundredths(statement: dict[str, Any]) -> None:
    """2.0 compares durations to a hundredth of a second; 1.0 as text (IEEE 9274.1.1, 4.2.7)."""
    result = statement.get("result", {})
    if "duration" in result:
        result["duration"] = _BEYOND.sub("", result["duration"].replace(",", "."))


_BEYOND = re.compile(r"(?<=\.\d\d)\d+(?=S)")


def _moments_agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """The same moment, in any offset; a timestamp that the ledger filled in says nothing."""
    if any(said.get("timestamp") == said.get("stored") for said in (one, other)):
        return True
    moments = [moment(said["timestamp"]) for said in (one, other) if "timestamp" in said]
    return len(moments) < 2 or moments[0] == moments[1]


def _bare(statement: dict[str, Any]) -> dict[str, Any]:
    kept = {
        name: value
        for name, value in statement.items()
        if name not in SET_BY_THE_LEDGER and name != "timestamp"
    }
    kept["verb"] = kept["verb"]["id"]
    kept["actor"] = _actor(kept["actor"])
    kept["object"] = _object(kept["object"])
    if "context" in kept:
        kept["context"] = _context(kept["context"])
    return kept


def _actor(actor: dict[str, Any]) -> dict[str, Any]:
    bare = {"objectType": "Agent"} | actor
    if "member" in bare:
        members = [_actor(member) for member in bare["member"]]
        bare["member"] = sorted(
            members, key=lambda member: msgspec.json.encode(member, order="sorted")
        )
    return bare


def _object(item: dict[str, Any]) -> Any:
    kind = item.get("objectType", "Activity")
    if kind == "Activity":
        return item["id"]
    if kind == "SubStatement":
        return _bare(item)
    return _actor(item) if kind in {"Agent", "Group"} else item


def _context(context: dict[str, Any]) -> dict[str, Any]:
    bare = dict(context)
    for name in ("instructor", "team"):
        if name in bare:
            bare[name] = _actor(bare[name])
    around = bare.get("contextActivities", {})
    bare["contextActivities"] = {
        name: [activity["id"] for activity in _as_list(around[name])]
        for name in LISTS
        if name in around
    }
    return bare


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
