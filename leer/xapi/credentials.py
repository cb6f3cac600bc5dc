"""Keys with which other systems come in: made, revoked, and asked for what they may do."""

import hmac
import logging
import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

import msgspec
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from leer.xapi.models import Credential
from leer.xapi.scopes import DEFAULT, Scope
from leer.xapi.store.writing import Writer

log = logging.getLogger(__name__)
REMEMBERED = 2.0  # seconds that a credential is believed before it is looked up again
MOST_REMEMBERED = 1000


class UnknownCredential(Exception):
    """No such key, a wrong secret, or one that expired or was revoked."""


@dataclass(frozen=True)
class Client:
    """Who is asking, and what that one may do. ``prefix`` bounds the activities, if not empty."""

    writer: Writer
    scopes: frozenset[Scope]
    prefix: str = ""
    version: str = ""
    credential_id: int | None = None
    rate_limit: int | None = None

    def may(self, *scopes: Scope) -> bool:
        """Holds one of these, or everything."""
        return bool(self.scopes & {Scope.ALL, *scopes})


@dataclass(frozen=True)
class NewCredential:
    """A credential that was just made, with the secret that is never seen again."""

    credential: Credential
    secret: str = field(repr=False)


def make(
    *,
    name: str,
    scopes: Collection[Scope] = DEFAULT,
    activity_prefix: str = "",
    trusted: bool = False,
    rate_limit: int | None = None,
    version: str = Credential.NEW,
    expires_at: datetime | None = None,
) -> NewCredential:
    """Make a key and its secret. Raises ``ValidationError`` when a value cannot be."""
    secret = secrets.token_urlsafe(32)
    credential = Credential(
        key=secrets.token_hex(12),
        secret_hash=_hashed(secret),
        name=name,
        scopes=sorted(scopes),
        activity_prefix=activity_prefix,
        trusted=trusted,
        rate_limit=rate_limit,
        version=version,
        expires_at=expires_at,
    )
    credential.full_clean()
    credential.save()
    log.info("credential %s (%s) made", credential.key, credential.name)
    return NewCredential(credential, secret)


def revoke(credential: Credential) -> None:
    """From now on this key opens nothing (in every process within two seconds)."""
    credential.revoked_at = timezone.now()
    credential.save(update_fields=["revoked_at"])
    MEMORY.forget()
    log.info("credential %s (%s) revoked", credential.key, credential.name)


def client_of(key: str, secret: str) -> Client:
    """Whoever comes with this key and secret. Raises ``UnknownCredential``."""
    proof = _hashed(f"{key}:{secret}")
    if (known := MEMORY.client(proof)) is not None:
        return known
    now = timezone.now()
    open_now = Q(expires_at=None) | Q(expires_at__gt=now)
    found = Credential.objects.filter(open_now, key=key, revoked_at=None).first()
    expected = found.secret_hash if found else _hashed("")
    if not hmac.compare_digest(_hashed(secret), expected) or found is None:
        raise UnknownCredential(key if found else "unknown")
    client = _client(found)
    MEMORY.remember(proof, client)
    return client


def _client(credential: Credential) -> Client:
    account = {"homePage": settings.XAPI_IRI_BASE, "name": credential.key}
    agent = {"objectType": "Agent", "name": credential.name, "account": account}
    scopes = frozenset(Scope(scope) for scope in credential.scopes)
    return Client(
        writer=Writer(
            authority=msgspec.json.encode(agent),
            trusted=credential.trusted,
            defines=bool(scopes & {Scope.DEFINE, Scope.ALL}),
        ),
        scopes=scopes,
        prefix=credential.activity_prefix,
        version=credential.version,
        credential_id=credential.pk,
        rate_limit=credential.rate_limit,
    )


def _hashed(secret: str) -> str:
    """A secret is 256 random bits, so that one round of SHA-256 is as good as many."""
    return sha256(secret.encode()).hexdigest()


class Memory:
    """Clients that came a moment ago, by a hash of key and secret."""

    def __init__(self) -> None:
        self._clients: dict[str, tuple[float, Client]] = {}

    def client(self, proof: str) -> Client | None:
        """Who came with this, if that was a moment ago."""
        until, client = self._clients.get(proof, (0.0, None))
        return client if until > time.monotonic() else None

    def remember(self, proof: str, client: Client) -> None:
        """For a moment."""
        if len(self._clients) >= MOST_REMEMBERED:
            self._clients.clear()
        self._clients[proof] = (time.monotonic() + REMEMBERED, client)

    def forget(self) -> None:
        """Everybody, at once."""
        self._clients.clear()


MEMORY = Memory()
