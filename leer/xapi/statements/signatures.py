"""Signed statements: the attachment that is a signature must fit (Data, 2.6)."""

import base64
import binascii
from typing import Any

import jwt
import msgspec
from cryptography import x509

from leer.xapi.statements.checking import Refused
from leer.xapi.statements.comparing import tell_the_same

USAGE = "http://adlnet.gov/expapi/attachments/signature"
CONTENT_TYPE = "application/octet-stream"
ALGORITHMS = ["RS256", "RS384", "RS512"]
# What comes of reading one where there is none.
NO_STATEMENT = (
    msgspec.MsgspecError, KeyError, TypeError, AttributeError, ValueError, RecursionError,
)  # fmt: skip


def verify(statement: bytes, signature: bytes) -> None:
    """Check a JSON Web Signature over this statement. Raises ``Refused``.

    With a certificate in its header (``x5c``) the signature is verified; without one nobody
    can, and the specification takes it as it is.
    """
    try:
        unverified = jwt.api_jws.decode_complete(signature, options={"verify_signature": False})
        header: dict[str, Any] = unverified["header"]
        if header.get("alg") not in ALGORITHMS:
            raise Refused(f"a signature uses one of {', '.join(ALGORITHMS)}")
        if chain := header.get("x5c"):
            jwt.api_jws.decode_complete(signature, _public_key(chain), algorithms=ALGORITHMS)
        if not tell_the_same(unverified["payload"], statement):
            raise Refused("what was signed is not this statement")
    except jwt.PyJWTError as error:
        raise Refused(f"the signature does not hold: {error}") from error
    except NO_STATEMENT as error:
        raise Refused("what was signed is no statement") from error


def _public_key(chain: list[str]) -> Any:
    try:
        return x509.load_der_x509_certificate(base64.b64decode(chain[0])).public_key()
    except (binascii.Error, ValueError, TypeError, IndexError) as error:
        raise Refused("the certificate in the signature (x5c) cannot be read") from error
