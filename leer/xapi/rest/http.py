"""A request and its answer, as plain as HTTP has them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import msgspec

JSON = "application/json"


class Problem(Exception):
    """The request cannot be answered as asked; the text tells the client what to do."""

    def __init__(
        self, status: HTTPStatus, detail: str, headers: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers


def bad_request(detail: str) -> Problem:
    """Something in the request is not as it should be."""
    return Problem(HTTPStatus.BAD_REQUEST, detail)


@dataclass
class Request:
    """``path`` is below the endpoint (``statements``); header names are in lower case."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    secure: bool = True
    assumed_version: str = ""  # of whoever sends no version

    @property
    def content_type(self) -> str:
        """Of the body, without parameters and in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def refuse_encoded(request: Request) -> None:
    """A body comes as it is. Raises ``Problem`` 415 for one that says it is compressed."""
    coding = request.headers.get("content-encoding", "identity")
    if coding.strip().lower() != "identity":
        raise Problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"the Content-Encoding {coding} is not known here; send the body as it is",
        )


@dataclass
class Response:
    """What goes back."""

    status: int = HTTPStatus.OK
    body: bytes = b""
    content_type: str | None = None
    headers: list[tuple[str, str]] = field(default_factory=list)

    def all_headers(self) -> list[tuple[str, str]]:
        """With those about the body."""
        about = [("Content-Type", self.content_type)] if self.content_type else []
        return [*self.headers, *about]


def json_response(value: Any, status: int = HTTPStatus.OK) -> Response:
    """A value as JSON."""
    return Response(status, msgspec.json.encode(value), JSON)


def no_content() -> Response:
    """Done; there is nothing to say."""
    return Response(HTTPStatus.NO_CONTENT)


def problem_response(problem: Problem) -> Response:
    """What is wrong, for people and programs (the names are RFC 9457's)."""
    said = {
        "status": int(problem.status),
        "title": problem.status.phrase,
        "detail": problem.detail,
    }
    response = json_response(said, problem.status)
    response.headers.extend(problem.headers)
    return response


def parse_query(text: str, *, what: str = "query") -> dict[str, str]:
    """Parameters, each once. Raises ``Problem``."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise bad_request(f"the {what} cannot be read: {error}") from error
    found = dict(pairs)
    if len(found) < len(pairs):
        raise bad_request(f"a parameter occurs twice in the {what}")
    return found
