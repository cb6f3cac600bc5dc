"""Bearer tokens of the organisation's identity provider (OAuth 2, RFC 6750 and 9068).

A token is a JWT that the provider signed; its keys are fetched from ``XAPI_OAUTH_JWKS_URL``
and remembered. The claims ``scope`` and ``sub`` (or ``client_id``) say what may be done and who
it is. Without a configured provider no token is good.
"""

from functools import cache
from typing import Any

import jwt
import msgspec
from django.conf import settings

from leer.xapi.credentials import Client, UnknownCredential
from leer.xapi.scopes import DEFAULT, Scope
from leer.xapi.store.writing import Writer

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
LEEWAY = 30  # seconds that clocks may differ
WAIT_FOR_KEYS = 5  # seconds


def client_of(token: str) -> Client:
    """Whoever this token is for. Raises ``UnknownCredential``."""
    if not settings.XAPI_OAUTH_JWKS_URL:
        raise UnknownCredential("no identity provider is configured")
    try:
        return _client(_claims(token))
    except jwt.PyJWTError as error:
        raise UnknownCredential(type(error).__name__) from error


def _claims(token: str) -> dict[str, Any]:
    key = _keys(settings.XAPI_OAUTH_JWKS_URL).get_signing_key_from_jwt(token)
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=ALGORITHMS,
        audience=settings.XAPI_OAUTH_AUDIENCE,
        issuer=settings.XAPI_OAUTH_ISSUER,
        leeway=LEEWAY,
        options={"require": ["exp", "iss", "aud"]},
    )
    return claims


@cache
def _keys(url: str) -> jwt.PyJWKClient:
    return jwt.PyJWKClient(url, timeout=WAIT_FOR_KEYS)


def _client(claims: dict[str, Any]) -> Client:
    name = claims.get("client_id") or claims.get("azp") or claims.get("sub")
    if not isinstance(name, str):
        raise UnknownCredential("a token without a subject")
    said = str(claims.get("scope", "")).split()
    scopes = frozenset(Scope(scope) for scope in said if scope in Scope) if said else DEFAULT
    agent = {"objectType": "Agent", "account": {"homePage": claims["iss"], "name": name}}
    held = frozenset(scopes)
    return Client(
        writer=Writer(
            authority=msgspec.json.encode(agent), defines=bool(held & {Scope.DEFINE, Scope.ALL})
        ),
        scopes=held,
    )
