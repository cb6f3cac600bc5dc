"""The Learning Record Store at the door of the web process, and behind a plain Django URL."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from leer.xapi.rest.handling import handle
from leer.xapi.rest.http import Problem, Request, Response, parse_query, problem_response

PREFIX = "/xapi/"


class Mount:
    """For ``leer.core.front.door``: requests come here without passing through Django."""

    prefix = PREFIX

    @property
    def largest(self) -> int:
        """Bytes that a request may have."""
        return int(settings.XAPI_LARGEST_BODY)

    def answer(self, scope: Any, body: bytes) -> Response:
        """Answer a request that is complete."""
        headers = dict(scope.headers.items())
        return _answer(
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
    reply = _answer(
        method=request.method or "GET",
        path=request.path,
        query=request.META.get("QUERY_STRING", ""),
        headers={name.lower(): value for name, value in request.headers.items()},
        body=request.body,
        secure=request.is_secure(),
    )
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


def _answer(
    *, method: str, path: str, query: str, headers: dict[str, str], body: bytes, secure: bool
) -> Response:
    try:
        parameters = parse_query(query)
    except Problem as problem:
        return problem_response(problem)
    return handle(
        Request(
            method=method,
            path=path.removeprefix(PREFIX),
            query=parameters,
            headers=headers,
            body=body,
            secure=secure,
        )
    )
