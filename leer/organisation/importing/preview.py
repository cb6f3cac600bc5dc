"""A plan as the page shows it: per kind a total and the first rows, as plain JSON.

Labels are not in here: the page has them, in the reader's language.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from leer.organisation.importing.changes import PartChange, PlacementChange, RowChange, Step
from leer.organisation.importing.plan import ImportPlan

MOST_ROWS = 200
Row = dict[str, Any]


def preview(plan: ImportPlan) -> dict[str, Row]:
    """What would change, by kind; kinds without changes are left out."""
    first = {one.person: one for one in plan.placements if one.step is Step.OPEN}
    kinds: dict[str, Sequence[Row]] = {
        "functions_created": [_row(one) for one in plan.functions if one.is_new],
        "functions_changed": [_row(one) for one in plan.functions if not one.is_new],
        "teams_created": [_row(one) for one in plan.teams if one.is_new],
        "teams_changed": [_row(one) for one in plan.teams if not one.is_new],
        "parts_changed": [_part(one) for one in plan.parts],
        "people_created": [_person(one, first) for one in plan.people if one.is_new],
        "people_changed": [_person(one, first) for one in plan.people if not one.is_new],
        "moved": [_moved(one) for one in plan.moved],
        "left": [_line(one.label, _change("team", one.team, None)) for one in plan.leavers],
        "leaders": [_led(one.label, one.team, starts=one.starts) for one in plan.leads],
        "roles": [_held(one.label, one.role, given=one.given) for one in plan.roles],
    }
    return {
        kind: {"total": len(rows), "rows": list(rows[:MOST_ROWS])}
        for kind, rows in kinds.items()
        if rows
    }


def _line(label: str, *changes: Row) -> Row:
    return {"label": label, "changes": list(changes)}


def _change(field: str, old: Any, new: Any) -> Row:
    return {"field": field, "old": old, "new": new}


def _row(change: RowChange) -> Row:
    """A new row tells all its values, a changed one only what differs."""
    fields = change.fields if change.is_new else change.changed
    return _line(change.label, *(_change(field.name, field.old, field.new) for field in fields))


def _person(change: RowChange, first: dict[str, PlacementChange]) -> Row:
    row = _row(change)
    if placement := first.get(change.key):
        row["changes"] += _placement(placement)
    return row


def _part(change: PartChange) -> Row:
    return _line(change.label, _change("parent", change.old or None, change.new or None))


def _moved(change: PlacementChange) -> Row:
    return _line(change.label, *_placement(change))


def _placement(change: PlacementChange) -> Iterable[Row]:
    pairs = (
        ("team", change.old_team or None, change.team),
        ("function", change.old_function or None, change.function),
        ("since", None, change.since.isoformat() if change.since else None),
    )
    return [_change(name, old, new) for name, old, new in pairs if old != new]


def _led(label: str, team: str, *, starts: bool) -> Row:
    return _line(label, _change("leads", None if starts else team, team if starts else None))


def _held(label: str, role: str, *, given: bool) -> Row:
    return _line(label, _change("role", None if given else role, role if given else None))
