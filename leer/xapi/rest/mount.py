"""The Learning Record Store at the door of the web process, and behind a plain Django URL."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from leer.xapi.rest import cors
from leer.xapi.rest.handling import CONSISTENT_THROUGH, handle, handle_together
from leer.xapi.rest.http import Problem, Request, Response, parse_query, problem_response
from leer.xapi.rest.versions import answer_version
from leer.xapi.selectors import HORIZON
from leer.xapi.statements.formats import as_text

PREFIX = "/xapi/"
NOT_TAKEN_IN = {
    HTTPStatus.BAD_REQUEST: "the request broke off before its end; nothing of it was stored",
    HTTPStatus.REQUEST_TIMEOUT: "the request came too slowly; nothing of it was stored",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "a request has at most {largest} bytes; send it in parts",
    HTTPStatus.SERVICE_UNAVAILABLE: "too much comes at once; try again in a moment",
}
SMALL = 64 * 1024  # bytes of a request that waits for others, to be stored in one commit


class Mount:
    """For ``leer.core.front.door``: requests come here without passing through Django."""

    prefix = PREFIX

    @property
    def largest(self) -> int:
        """Bytes that a request may have."""
        return int(settings.XAPI_LARGEST_BODY)

    def goes_together(self, scope: Any, size: int) -> bool:
        """Whether this request gains by being answered with others of its kind."""
        is_post = scope.method == "POST" and scope.path == PREFIX + "statements"
        return is_post and size <= SMALL

    def answer_together(self, complete: Sequence[tuple[Any, bytes]]) -> list[Response]:
        """Answer such requests."""
        return _each(complete, handle_together)

    def refuse(self, scope: Any, status: HTTPStatus) -> Response:
        """The answer to a request that was not taken in."""
        again = [("Retry-After", "5")] if status == HTTPStatus.SERVICE_UNAVAILABLE else []
        problem = Problem(status, NOT_TAKEN_IN[status].format(largest=self.largest), again)
        return _refused(problem, scope.path, dict(scope.headers.items()))

    def answer(self, scope: Any, body: bytes) -> Response:
        """Answer a request that is complete."""
        [response] = _each([(scope, body)], lambda requests: [handle(one) for one in requests])
        return response


def _each(
    complete: Sequence[tuple[Any, bytes]],
    answers: Callable[[Sequence[Request]], list[Response]],
) -> list[Response]:
    read = [_request(scope, body) for scope, body in complete]
    given = iter(answers([one for one in read if isinstance(one, Request)]))
    return [one if isinstance(one, Response) else next(given) for one in read]


def _request(scope: Any, body: bytes) -> Request | Response:
    headers = dict(scope.headers.items())
    return _parsed(
        method=scope.method,
        path=scope.path,
        query=scope.query_string,
        headers=headers,
        body=body,
        secure=is_secure(scope.scheme, headers),
    )


@csrf_exempt
def view(request: HttpRequest, path: str) -> HttpResponse:
    """For other WSGI servers, and Django's own test client."""
    read = _parsed(
        method=request.method or "GET",
        path=request.path,
        query=request.META.get("QUERY_STRING", ""),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.body,
        secure=request.is_secure(),
    )
    reply = handle(read) if isinstance(read, Request) else read
    response = HttpResponse(reply.body, status=reply.status)
    del response["Content-Type"]
    for name, value in reply.all_headers():
        response[name] = value
    return response


def is_secure(scheme: str, headers: dict[str, str]) -> bool:
    """Came over https, or the proxy in front says so in the header that Django believes too."""
    if proxy := settings.SECURE_PROXY_SSL_HEADER:
        name, value = proxy
        return headers.get(name.removeprefix("HTTP_").replace("_", "-").lower()) == value
    return scheme == "https"


def _parsed(
    *, method: str, path: str, query: str, headers: dict[str, str], body: bytes, secure: bool
) -> Request | Response:
    """The request, or the answer to one whose query cannot be read."""
    try:
        parameters = parse_query(query)
    except Problem as problem:
        return _refused(problem, path, headers)
    return Request(
        method=method,
        path=path.removeprefix(PREFIX),
        query=parameters,
        headers=headers,
        body=body,
        secure=secure,
    )


def _refused(problem: Problem, path: str, headers: Mapping[str, str]) -> Response:
    """What is wrong with a request that goes no further. Asks nothing of the database."""
    response = problem_response(problem)
    version = answer_version(Request("", "", headers=headers))
    response.headers += [("X-Experience-API-Version", version), *cors.headers()]
    if path == PREFIX + "statements":
        response.headers.append((CONSISTENT_THROUGH, as_text(HORIZON.last_known())))
    return response
