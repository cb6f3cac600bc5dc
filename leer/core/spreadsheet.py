"""A file for a spreadsheet: as a Dutch one opens it, and never with a formula in it."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(lines: Iterable[Iterable[object]]) -> str:
    """With a byte order mark and semicolons."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe(str(cell)) for cell in line] for line in lines)
    return "\ufeff" + file.getvalue()


def safe(cell: str) -> str:
    """A spreadsheet must not take a text for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def csv_answer(name: str, lines: Iterable[Iterable[object]]) -> HttpResponse:
    """A file to keep under this name."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_csv(lines), content_type="text/csv; charset=utf-8", headers=headers)
