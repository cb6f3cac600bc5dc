"""From request to answer: the one way through, for every resource."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import Error as DatabaseUnwell
from django.db import InterfaceError, OperationalError

from leer.xapi.credentials import Client
from leer.xapi.documents import (
    CannotMerge,
    ConditionMissing,
    ConflictingDocument,
    PreconditionFailed,
)
from leer.xapi.receiving import NotAllowed
from leer.xapi.rest import access, alternate, cors, others, statements
from leer.xapi.rest.documents import ACTIVITY_PROFILE, AGENT_PROFILE, STATE
from leer.xapi.rest.http import Problem, Request, Response, problem_response
from leer.xapi.rest.versions import HEADER, answer_version, version_of
from leer.xapi.selectors import HORIZON
from leer.xapi.statements.formats import as_text
from leer.xapi.store import database
from leer.xapi.store.writing import Conflict

log = logging.getLogger(__name__)

type View = Callable[[Request, Client, str], Response]
RESOURCES: dict[str, dict[str, View]] = {
    "statements": {"GET": statements.get, "POST": statements.post, "PUT": statements.put},
    "activities/state": {
        "GET": STATE.get, "POST": STATE.post, "PUT": STATE.put, "DELETE": STATE.delete,
    },
    "activities/profile": {
        "GET": ACTIVITY_PROFILE.get, "POST": ACTIVITY_PROFILE.post,
        "PUT": ACTIVITY_PROFILE.put, "DELETE": ACTIVITY_PROFILE.delete,
    },
    "agents/profile": {
        "GET": AGENT_PROFILE.get, "POST": AGENT_PROFILE.post,
        "PUT": AGENT_PROFILE.put, "DELETE": AGENT_PROFILE.delete,
    },
    "agents": {"GET": others.get_agent},
    "activities": {"GET": others.get_activity},
}  # fmt: skip
ABOUT = "about"
# What is wrong, as an answer.
ANSWERS: dict[type[Exception], HTTPStatus] = {
    Conflict: HTTPStatus.CONFLICT,
    ConflictingDocument: HTTPStatus.CONFLICT,
    ConditionMissing: HTTPStatus.BAD_REQUEST,
    PreconditionFailed: HTTPStatus.PRECONDITION_FAILED,
    CannotMerge: HTTPStatus.BAD_REQUEST,
    NotAllowed: HTTPStatus.FORBIDDEN,
}


def handle(request: Request) -> Response:
    """Answer a request; whatever happens, with an answer."""
    try:
        database.refresh()
        request = _meant(request)
        response = _answer(request)
    except Problem as problem:
        response = problem_response(problem)
    except tuple(ANSWERS) as error:
        response = problem_response(Problem(ANSWERS[type(error)], str(error)))
    except (OperationalError, InterfaceError):
        log.warning("the database is away")
        again = [("Retry-After", "5")]
        away = Problem(HTTPStatus.SERVICE_UNAVAILABLE, "try again in a moment", again)
        response = problem_response(away)
    except Exception:
        log.exception("an xAPI request failed")
        failed = Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "this is our fault; nothing was stored")
        response = problem_response(failed)
    return _finished(request, response)


def _meant(request: Request) -> Request:
    """The request itself, or the one that it holds. Only 1.0 has that syntax."""
    if not alternate.is_alternate(request) or request.headers.get(HEADER, "").startswith("2"):
        return request
    return alternate.unfolded(request)


def _answer(request: Request) -> Response:
    if settings.XAPI_REQUIRES_HTTPS and not request.secure:
        raise Problem(HTTPStatus.FORBIDDEN, "use https: a credential must not travel in the open")
    if request.method == "OPTIONS":
        return cors.preflight()
    method = "GET" if request.method == "HEAD" else request.method
    if request.path == ABOUT and method == "GET":
        return others.get_about(request)
    view = _view(request.path, method)
    client = access.client_of(request)
    request.assumed_version = client.version
    return view(request, client, version_of(request))


def _view(path: str, method: str) -> View:
    resource = RESOURCES.get(path)
    if resource is None:
        raise Problem(HTTPStatus.NOT_FOUND, "there is no such resource")
    view = resource.get(method)
    if view is None:
        allowed = [("Allow", ", ".join((*resource, "HEAD", "OPTIONS")))]
        raise Problem(HTTPStatus.METHOD_NOT_ALLOWED, f"{method} cannot be done here", allowed)
    return view


def _finished(request: Request, response: Response) -> Response:
    """What every answer has; HEAD is an answer without its body (1.1)."""
    response.headers.append(("X-Experience-API-Version", answer_version(request)))
    response.headers.append(("Cache-Control", "private, no-store"))
    response.headers.extend(cors.headers())
    if request.path == "statements":
        response.headers.extend(_consistent_through())
    if request.method == "HEAD":
        response.body = b""
    return response


def _consistent_through() -> list[tuple[str, str]]:
    """On every answer of the Statement Resource (2.1.3); not while the database is away."""
    try:
        return [("X-Experience-API-Consistent-Through", as_text(HORIZON.moment()))]
    except DatabaseUnwell:
        return []
