"""Bearer tokens of the organisation's identity provider (OAuth 2, RFC 6750 and 9068).

A token is a JWT that the provider signed; its keys are fetched from ``XAPI_OAUTH_JWKS_URL``
and remembered. The claims ``scope`` and ``sub`` (or ``client_id``) say what may be done and who
it is. Without a configured provider no token is good.
"""

import logging
import time
from functools import cache
from typing import Any

import jwt
import msgspec
from django.conf import settings

from leer.xapi.credentials import Client, UnknownCredential
from leer.xapi.scopes import DEFAULT, Scope
from leer.xapi.store.writing import Writer

log = logging.getLogger(__name__)
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
LEEWAY = 30  # seconds that clocks may differ
WAIT_FOR_KEYS = 5  # seconds
LEAVE_ALONE = 10.0  # seconds that a provider which did not answer is not asked again
KEYS_MAY_BE_NEW_AFTER = 5.0  # seconds since they were fetched, for a token of an unknown key


class ProviderAway(Exception):
    """The identity provider gives no keys now, so that nobody can tell whether a token is good."""


class Keys(jwt.PyJWKClient):
    """The provider's keys. While it does not answer, requests do not wait for it one by one."""

    _away_until = 0.0

    def fetch_data(self) -> Any:
        """Ask the provider. Raises ``ProviderAway``."""
        if time.monotonic() < self._away_until:
            raise ProviderAway
        try:
            return super().fetch_data()
        except (jwt.PyJWTError, ValueError, OSError) as error:
            self._away_until = time.monotonic() + LEAVE_ALONE
            log.warning("the identity provider gives no keys: %s", error)
            raise ProviderAway from error


def client_of(token: str) -> Client:
    """Whoever this token is for. Raises ``UnknownCredential`` and ``ProviderAway``."""
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
def _keys(url: str) -> Keys:
    return Keys(url, timeout=WAIT_FOR_KEYS, cooldown_duration=KEYS_MAY_BE_NEW_AFTER)


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
