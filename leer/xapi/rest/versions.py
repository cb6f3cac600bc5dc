"""Which xAPI a request speaks, from its header (Communication, 3.3)."""

import re

from leer.xapi.rest.http import Request, bad_request

HEADER = "x-experience-api-version"
OLD, NEW = "1.0.3", "2.0.0"
SPOKEN = (OLD, NEW)
_OLD = re.compile(r"1\.0(\.\d+)?")
_NEW = re.compile(r"2\.0(\.\d+)?")


def version_of(request: Request) -> str:
    """``1.0.3`` or ``2.0.0``. Raises ``Problem`` for another version, or none."""
    said = request.headers.get(HEADER)
    if said is None:
        raise bad_request(f"the header X-Experience-API-Version is missing ({' or '.join(SPOKEN)})")
    if _OLD.fullmatch(said):
        return OLD
    if _NEW.fullmatch(said):
        return NEW
    raise bad_request(f"version {said!r} is not spoken here; {' and '.join(SPOKEN)} are")


def answer_version(request: Request) -> str:
    """The version that an answer names, also when the request was refused for its own.

    For a request that names none each version asks for itself (3.3), so that the credential
    decides: its owner said which one it speaks.
    """
    said = request.headers.get(HEADER, request.assumed_version)
    return OLD if said.startswith("1.") else NEW
