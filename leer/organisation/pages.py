"""What the page of one import shows, made from what the run keeps."""

from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from leer.core.models import Job
from leer.organisation.labels import FIELDS, KINDS
from leer.organisation.models import ImportRun, ImportState

MOST_ERRORS = 500
UNTOUCHED = "untouched"


def import_page(run: ImportRun, job: Job | None) -> dict[str, Any]:
    """The context of ``organisation/import.html``."""
    objections = run.summary.get("objections", [])
    can_decide = not objections and bool(run.files)
    return {
        "run": run,
        "job": job,
        "counts": _counts(run),
        "changes_nothing": not any(
            count for kind, count in _told(run).items() if kind != UNTOUCHED
        ),
        "kinds": [_kind(name, found) for name, found in run.preview.items()],
        "objections": objections,
        "errors": run.errors[:MOST_ERRORS],
        "error_count": len(run.errors),
        "can_apply": can_decide and run.state == ImportState.PLANNED,
        "can_skip": can_decide and run.state == ImportState.REFUSED,
        "can_retry": run.state == ImportState.FAILED and bool(run.files),
    }


def _told(run: ImportRun) -> dict[str, int]:
    counts: dict[str, int] = run.summary.get("counts", {})
    return counts


def _counts(run: ImportRun) -> list[dict[str, Any]]:
    counts = _told(run)
    return [
        {"label": label, "count": counts[kind]} for kind, label in KINDS.items() if counts.get(kind)
    ]


def _kind(name: str, found: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "label": KINDS[name],
        "total": found["total"],
        "more": found["total"] - len(found["rows"]),
        "rows": [
            {"label": row["label"], "changes": [_change(change) for change in row["changes"]]}
            for row in found["rows"]
        ],
    }


def _change(change: dict[str, Any]) -> dict[str, Any]:
    name = change["field"]
    label = FIELDS[name]
    return {"field": label, "old": _shown(name, change["old"]), "new": _shown(name, change["new"])}


def _shown(name: str, value: Any) -> str:
    """A value as a person reads it; nothing stays nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if name == "since":
        return formats.date_format(date.fromisoformat(value), "j F Y")
    return str(value)
