"""From request to answer: the one way through, for every resource."""

import logging
from collections.abc import Callable, Sequence
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
from leer.xapi.rest.statements import Posted
from leer.xapi.rest.versions import HEADER, answer_version, version_of
from leer.xapi.selectors import HORIZON
from leer.xapi.statements.formats import as_text
from leer.xapi.store import database
from leer.xapi.store.together import write_each
from leer.xapi.store.writing import Conflict

log = logging.getLogger(__name__)

ABOUT = "about"
CONSISTENT_THROUGH = "X-Experience-API-Consistent-Through"
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
    ABOUT: {},  # open to everybody: see ``_answer``
}  # fmt: skip
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
    request, response = _guarded(request, _answer)
    return _finished(request, response)


def handle_together(requests: Sequence[Request]) -> list[Response]:
    """Answer POSTs of statements that came at the same time, with one commit for all."""
    planned = [_guarded(request, _plan) for request in requests]
    plans = [plan for _, plan in planned if isinstance(plan, Posted)]
    outcomes = iter(write_each([plan.unit for plan in plans]))
    return [
        _finished(request, plan if isinstance(plan, Response) else _told(plan, next(outcomes)))
        for request, plan in planned
    ]


def _told(plan: Posted, outcome: Exception | None) -> Response:
    return plan.response if outcome is None else _trouble(outcome)


def _guarded[R](request: Request, work: Callable[[Request], R]) -> tuple[Request, R | Response]:
    """The request that was meant, and what came of it, or an answer that tells why nothing did."""
    try:
        database.refresh()
        request = _meant(request)
        return request, work(request)
    except Exception as error:
        return request, _trouble(error)


def _trouble(error: Exception) -> Response:
    """An answer to whatever went wrong."""
    if isinstance(error, Problem):
        return problem_response(error)
    if status := ANSWERS.get(type(error)):
        return problem_response(Problem(status, str(error)))
    if isinstance(error, (OperationalError, InterfaceError)):
        log.warning("the database is away")
        again = [("Retry-After", "5")]
        return problem_response(
            Problem(HTTPStatus.SERVICE_UNAVAILABLE, "try again in a moment", again)
        )
    log.error("an xAPI request failed", exc_info=error)
    return problem_response(
        Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "this is our fault; nothing was stored")
    )


def _meant(request: Request) -> Request:
    """The request itself, or the one that it holds. Only 1.0 has that syntax."""
    if not alternate.is_alternate(request) or request.headers.get(HEADER, "").startswith("2"):
        return request
    return alternate.unfolded(request)


def _answer(request: Request) -> Response:
    _demand_https(request)
    if request.method == "OPTIONS":
        return cors.preflight()
    method = "GET" if request.method == "HEAD" else request.method
    if request.path == ABOUT and method == "GET":
        return others.get_about(request)
    view = _view(request.path, method)
    client = _client(request)
    return view(request, client, version_of(request))


def _plan(request: Request) -> Posted | Response:
    """A POST of statements up to the storing; a request that turns out to be another one (the
    alternate syntax) is answered.
    """
    if (request.method, request.path) != ("POST", "statements"):
        return _answer(request)
    _demand_https(request)
    client = _client(request)
    return statements.plan_post(request, client, version_of(request))


def _client(request: Request) -> Client:
    client = access.client_of(request)
    request.assumed_version = client.version
    return client


def _demand_https(request: Request) -> None:
    if settings.XAPI_REQUIRES_HTTPS and not request.secure:
        raise Problem(HTTPStatus.FORBIDDEN, "use https: a credential must not travel in the open")


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
        return [(CONSISTENT_THROUGH, as_text(HORIZON.moment()))]
    except DatabaseUnwell:
        return []
