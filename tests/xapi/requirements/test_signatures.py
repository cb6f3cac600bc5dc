"""Signed statements: xAPI 1.0.3, Data 2.6; IEEE 9274.1.1 (2.0), 4.2.6."""

import base64
import json
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from leer.xapi.rest.http import Response
from tests.xapi.requirements.kit import assert_statuses
from tests.xapi.requirements.parts import file, mixed, sentence
from tests.xapi.rest_client import Lrs, dumped, statement

USAGE = "http://adlnet.gov/expapi/attachments/signature"
OCTETS = "application/octet-stream"
ALGORITHMS = ["RS256", "RS384", "RS512"]
SAID = statement(id="44444444-4444-4444-8444-444444444444")


@cache
def _key(number: int) -> RSAPrivateKey:
    """A key: the same for the same number."""
    return generate_private_key(65537, 2048)


@cache
def _certificate(number: int) -> str:
    """Of that key, as it stands in ``x5c``."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "somebody")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=_key(number).public_key(),
        serial_number=1,
        not_valid_before=now,
        not_valid_after=now + timedelta(days=1),
    ).sign(_key(number), hashes.SHA256())
    return base64.b64encode(made.public_bytes(Encoding.DER)).decode()


def _signature(payload: bytes = dumped(SAID), algorithm: str = "RS256", **headers: Any) -> bytes:
    key: Any = _key(0) if algorithm in ALGORITHMS else "secret" * 16
    if algorithm == "none":
        key = None
    return jwt.api_jws.encode(payload, key, algorithm, headers=headers or None).encode()


def _send(lrs: Lrs, signature: bytes, **changes: Any) -> Response:
    """The statement with this as its signature."""
    attachment = {
        "usageType": USAGE,
        "display": {"en": "Signature"},
        "contentType": OCTETS,
        "length": len(signature),
        "sha2": sha256(signature).hexdigest(),
    }
    said = SAID | {"attachments": [attachment | changes]}
    return mixed(lrs, sentence(said), file(signature, OCTETS))


def test_xapi_00115_a_signature_is_a_json_web_signature(lrs: Lrs) -> None:
    signature = _signature()
    for bad in (b"signed", b"a.b.c", b"", signature[: len(signature) // 2], dumped(SAID)):
        assert_statuses([_send(lrs, bad)], 400)
    assert_statuses([_send(lrs, signature)], 200)


def test_xapi_00115_a_signature_is_octets(lrs: Lrs) -> None:
    signature = _signature()
    assert_statuses([_send(lrs, signature, contentType="application/json")], 400)
    assert_statuses([_send(lrs, signature, contentType=OCTETS)], 200)


def test_xapi_00115_what_is_no_signature_is_left_alone(lrs: Lrs) -> None:
    assert_statuses([_send(lrs, b"signed", usageType="http://example.org/photo")], 200)


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(b"text", id="no JSON"),
        pytest.param(b"[]", id="no statement"),
        pytest.param(dumped(SAID)[:-1], id="half a statement"),
        pytest.param(dumped(SAID | {"result": {"success": True}}), id="more than was said"),
        pytest.param(dumped(SAID | {"verb": {"id": "http://example.org/x"}}), id="another verb"),
    ],
)
def test_xapi_00116_what_was_signed_is_the_statement(lrs: Lrs, payload: bytes) -> None:
    assert_statuses([_send(lrs, _signature(payload))], 400)
    assert_statuses([_send(lrs, _signature())], 200)


def test_xapi_00116_however_it_is_written(lrs: Lrs) -> None:
    spread = json.dumps(dict(reversed(SAID.items())), indent=2).encode()
    assert_statuses([_send(lrs, _signature(spread))], 200)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_xapi_00117_the_algorithms_are_three(lrs: Lrs, algorithm: str) -> None:
    for other in ("HS256", "HS512", "none"):
        assert_statuses([_send(lrs, _signature(algorithm=other))], 400)
    assert_statuses([_send(lrs, _signature(algorithm=algorithm))], 200)


def test_xapi_00117_with_a_certificate_the_signature_is_verified(lrs: Lrs) -> None:
    assert_statuses([_send(lrs, _signature(x5c=[_certificate(1)]))], 400)
    assert_statuses([_send(lrs, _signature(x5c=["no certificate"]))], 400)
    assert_statuses([_send(lrs, _signature(x5c=[_certificate(0)]))], 200)
