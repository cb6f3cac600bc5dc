"""Uploads, through the application: only for people who are signed in.

A film or sound is asked for in parts (RFC 9110, range requests): without them an iPhone plays
nothing, and nobody can go to the middle.
"""

import mimetypes
import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

PART = re.compile(r"bytes=(\d+)-(\d*)")
MOST_AT_ONCE = 4 * 1024 * 1024
KINDS = {".m4a": "audio/mp4", ".vtt": "text/vtt; charset=utf-8"}  # not known on every machine
UNKNOWN = "application/octet-stream"

type Span = tuple[int, int]
"""The first and the last byte, both included."""


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """One stored file; who may ask is in the access table. Never run as a page."""
    file = _file(path)
    span = _span(request.headers.get("Range", ""), file.stat().st_size)
    response = _part(file, span) if span else FileResponse(file.open("rb"))
    response["Content-Type"] = (
        KINDS.get(file.suffix) or mimetypes.guess_type(file.name)[0] or UNKNOWN
    )
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=604800, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    if file.suffix == ".pdf":
        response["Content-Disposition"] = "attachment"
    return response


def _kind(file: Path) -> str:
    return KINDS.get(file.suffix) or mimetypes.guess_type(file.name)[0] or UNKNOWN


def _span(asked: str, size: int) -> Span | None:
    """What to give of a file; ``None``: all of it, also when the part is not there."""
    match = PART.fullmatch(asked)
    if not match:
        return None
    first, last = int(match[1]), int(match[2] or size - 1)
    last = min(last, size - 1, first + MOST_AT_ONCE - 1)
    return (first, last) if first <= last else None


def _part(file: Path, span: Span) -> HttpResponse:
    first, last = span
    with file.open("rb") as opened:
        opened.seek(first)
        data = opened.read(last - first + 1)
    response = HttpResponse(data, status=206)
    response["Content-Range"] = f"bytes {first}-{last}/{file.stat().st_size}"
    return response


def _file(path: str) -> Path:
    try:
        file = Path(safe_join(settings.MEDIA_ROOT, path))
        found = file.is_file()
    except (OSError, SuspiciousFileOperation, ValueError) as error:  # too long, outside, a NUL
        raise Http404 from error
    if not found:
        raise Http404
    return file
