"""One request to a target, and what its answer means.

Python's own HTTP client: it needs no library, and an opener holds exactly what is put in it.
Here that is https with the system's certificates (through the proxy of the environment, if
any), http, and nothing that follows a redirect: a key must not go to where somebody points.
"""

import base64
import ssl
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from urllib.error import URLError
from urllib.request import (
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    getproxies,
)

import msgspec
from django.core.exceptions import ValidationError

from leer.xapi.forwarding import addresses, sealing
from leer.xapi.forwarding.parcels import Parcel
from leer.xapi.models import ForwardTarget

TIMEOUT = 30.0  # seconds for the connection, for each wait, and for the whole answer
MOST_ANSWER = 256 * 1024  # bytes of an answer that are read: 500 ids are 20 KB
SHOWN = 500  # characters of an answer that are kept
LONGEST_WAIT = 24 * 3600.0  # seconds that a target may ask us to stay away


class TargetUnwell(Exception):
    """Nothing can be delivered now; the text says why, without secrets. ``wait`` is what the
    target asks for, in seconds.
    """

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


class Verdict(Enum):
    """What an answer means for what was sent."""

    TAKEN = auto()
    KNOWN = auto()  # of one statement: its id is there already
    REFUSED = auto()  # of one statement: it is not wanted; of several: of one of them


VERDICTS = {
    HTTPStatus.CONFLICT: Verdict.KNOWN,
    HTTPStatus.BAD_REQUEST: Verdict.REFUSED,
    HTTPStatus.CONTENT_TOO_LARGE: Verdict.REFUSED,
    HTTPStatus.UNPROCESSABLE_ENTITY: Verdict.REFUSED,
}


class Answer(msgspec.Struct, frozen=True):
    """What a target said."""

    verdict: Verdict
    status: int
    text: str


class Line:
    """The way to one target: its address, its key, and how to get there."""

    def __init__(self, target: ForwardTarget) -> None:
        """Raises ``TargetUnwell`` for an address or a secret that cannot be used."""
        try:
            self._url = addresses.checked(target.endpoint) + "/statements"
            secret = sealing.open_sealed(target.sealed_secret)
        except ValidationError as error:
            raise TargetUnwell(" ".join(error.messages)) from error
        except sealing.CannotOpen as error:
            raise TargetUnwell(str(error)) from error
        self._pass = base64.b64encode(f"{target.key}:{secret}".encode()).decode()
        self._secrets = (self._pass, secret)
        self._version = target.version
        self._opener = _opener()

    def post(self, parcel: Parcel) -> Answer:
        """Send these. Raises ``TargetUnwell`` for an answer that is not about the statements."""
        content_type, body = parcel.body()
        headers = {
            "Authorization": f"Basic {self._pass}",
            "Content-Type": content_type,
            "X-Experience-API-Version": self._version,
        }
        request = Request(self._url, data=body, headers=headers, method="POST")  # noqa: S310
        try:
            with self._opener.open(request, timeout=TIMEOUT) as response:
                return self._judged(response, _read(response), parcel)
        except (OSError, HTTPException, ValueError) as error:
            raise TargetUnwell(_told(error)) from error

    def _judged(self, response: HTTPResponse, body: bytes, parcel: Parcel) -> Answer:
        status = response.status
        if status in {HTTPStatus.OK, HTTPStatus.NO_CONTENT}:
            _demand_ids(status, body, parcel)
            return Answer(Verdict.TAKEN, status, "")
        text = self._without_secrets(body.decode(errors="replace"))
        if status in VERDICTS:
            return Answer(VERDICTS[HTTPStatus(status)], status, text)
        reason = f"{status} {response.reason}: {text}" if text else f"{status} {response.reason}"
        raise TargetUnwell(reason, _wait(response.headers.get("Retry-After", "")))

    def _without_secrets(self, text: str) -> str:
        """What it said, cut short; a target that repeats our key is not repeated."""
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text.replace("\0", "").strip()[:SHOWN]


def _opener() -> OpenerDirector:
    opener = OpenerDirector()
    proxies = {scheme: url for scheme, url in getproxies().items() if scheme == "https"}
    verified = HTTPSHandler(context=ssl.create_default_context())
    for handler in (ProxyHandler(proxies), HTTPHandler(), verified):
        opener.add_handler(handler)
    return opener


def _read(response: HTTPResponse) -> bytes:
    """The beginning of an answer, from a target that may take its time but not for ever."""
    until = time.monotonic() + TIMEOUT
    body = b""
    while piece := response.read1(MOST_ANSWER - len(body)):
        body += piece
        if len(body) == MOST_ANSWER:
            break
        if time.monotonic() > until:
            raise TimeoutError
    return body


def _demand_ids(status: int, body: bytes, parcel: Parcel) -> None:
    """A web page that says 200 is no delivery: an LRS answers with the ids (2.1.2)."""
    if status == HTTPStatus.NO_CONTENT:
        return
    try:
        said = {one.lower() for one in msgspec.json.decode(body, type=list[str])}
    except msgspec.MsgspecError as error:
        raise TargetUnwell("the answer is not that of an LRS (no list of ids)") from error
    if not parcel.ids <= said:
        raise TargetUnwell("the answer does not have the ids of what was sent")


def _wait(said: str) -> float:
    """``Retry-After`` in seconds: a number, or a moment (RFC 9110, 10.2.3)."""
    try:
        if said.isascii() and said.isdigit():
            wait = float(said)
        else:
            at = parsedate_to_datetime(said)
            wait = (at - datetime.now(UTC)).total_seconds() if at.tzinfo else 0.0
    except ValueError:
        return 0.0
    return min(max(wait, 0.0), LONGEST_WAIT)


def _told(error: Exception) -> str:
    """The kind of trouble; never the request, which has the key in it."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, OSError) and cause.strerror:
        return f"{type(cause).__name__}: {cause.strerror}"
    return str(cause) if isinstance(cause, str) and cause else type(cause).__name__
