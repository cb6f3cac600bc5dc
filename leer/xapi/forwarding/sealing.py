"""The secret of a target, encrypted: it must be sent, so it cannot be kept as a hash.

The key is derived from ``SECRET_KEY`` (HKDF, RFC 5869), so a copy of the database alone opens
nothing. Old keys in ``SECRET_KEY_FALLBACKS`` still open what they sealed.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"leer.xapi.forwarding: secrets of targets"


class CannotOpen(Exception):
    """The secret was sealed under a key that this installation does not have any more."""


def seal(secret: str) -> str:
    """Encrypt a secret, to be kept."""
    return _box().encrypt(secret.encode()).decode()


def open_sealed(sealed: str) -> str:
    """The secret itself. Raises ``CannotOpen``."""
    try:
        return _box().decrypt(sealed).decode()
    except InvalidToken as error:
        raise CannotOpen("SECRET_KEY is another one than when the secret was given") from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    given = key.encode() if isinstance(key, str) else key
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(given)
    return base64.urlsafe_b64encode(derived)
