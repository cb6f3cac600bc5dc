"""Uploads, through the application: only for people who are signed in."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest
from django.utils._os import safe_join
from django.views.decorators.http import require_safe


@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    """One stored file; who may ask is in the access table. Never run as a page."""
    file = _file(path)
    response = FileResponse(file.open("rb"))
    response["Cache-Control"] = "private, max-age=604800, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    if file.suffix == ".pdf":
        response["Content-Disposition"] = "attachment"
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
