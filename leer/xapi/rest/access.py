"""Who is asking: HTTP Basic with a credential, or a bearer token from the identity provider."""

import base64
import logging
from http import HTTPStatus

from django.conf import settings

from leer.xapi import credentials, oauth, usage
from leer.xapi.credentials import Client, UnknownCredential
from leer.xapi.oauth import ProviderAway
from leer.xapi.rest.http import Problem, Request
from leer.xapi.scopes import Scope

log = logging.getLogger(__name__)


def client_of(request: Request) -> Client:
    """The client behind this request. Raises ``Problem`` 401, 429 or 503."""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    try:
        client = _by_scheme(scheme.lower(), given.strip())
    except UnknownCredential as error:
        # The key of a credential of ours may be logged; anything else may be a secret.
        log.warning("refused: %s credential, %s", scheme.lower() or "no", error)
        raise unauthorized(scheme.lower()) from error
    except ProviderAway as error:
        raise Problem(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "the identity provider cannot be reached, so that no new token can be checked",
            [("Retry-After", str(int(oauth.LEAVE_ALONE)))],
        ) from error
    _count(client)
    return client


def _by_scheme(scheme: str, given: str) -> Client:
    if scheme == "basic":
        key, secret = _pair(given)
        return credentials.client_of(key, secret)
    if scheme == "bearer":
        return oauth.client_of(given)
    raise UnknownCredential("nothing that is known here")


def _pair(given: str) -> tuple[str, str]:
    try:
        key, separator, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except ValueError as error:  # no Base64, no UTF-8, no ASCII
        raise UnknownCredential("not readable") from error
    if not separator or "\0" in key:
        raise UnknownCredential("not readable")
    return key, secret


def unauthorized(scheme: str = "") -> Problem:
    """Come back with a credential."""
    ways = [("WWW-Authenticate", 'Basic realm="xAPI", charset="UTF-8"')]
    if settings.XAPI_OAUTH_JWKS_URL:
        ways.append(("WWW-Authenticate", 'Bearer realm="xAPI"'))
    if scheme == "bearer":
        return Problem(
            HTTPStatus.UNAUTHORIZED,
            "this bearer token is no credential here: it must be signed by our identity provider,"
            " for this Learning Record Store, and not be expired",
            ways,
        )
    return Problem(
        HTTPStatus.UNAUTHORIZED,
        "send a credential of this Learning Record Store: HTTP Basic with its key and secret",
        ways,
    )


def demand(client: Client, *scopes: Scope) -> None:
    """Raises ``Problem`` 403 unless the client holds one of these scopes."""
    if not client.may(*scopes):
        names = " or ".join(scope.value for scope in (*scopes, Scope.ALL))
        raise Problem(HTTPStatus.FORBIDDEN, f"this needs a credential with the scope {names}")


def demand_prefix(client: Client, activity: str | None) -> None:
    """Raises ``Problem`` 403 when the client is bound to other activities."""
    if client.prefix and not (activity or "").startswith(client.prefix):
        raise Problem(
            HTTPStatus.FORBIDDEN,
            f"this credential is for activities that begin with {client.prefix}",
        )


def _count(client: Client) -> None:
    wait = usage.seconds_to_wait(client)
    if wait:
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            f"this credential allows {client.rate_limit} requests a minute; wait {wait} seconds",
            [("Retry-After", str(wait))],
        )
