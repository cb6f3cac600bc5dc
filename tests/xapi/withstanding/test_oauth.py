"""Bearer tokens, with a real identity provider on this machine."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from leer.xapi import oauth
from leer.xapi.models import StatementRecord
from leer.xapi.rest.handling import handle
from leer.xapi.rest.http import Request, Response
from tests.xapi.rest_client import ACTIVITY, PERSON, Lrs, dumped, statement

pytestmark = pytest.mark.django_db
AUDIENCE = "https://leer.example/xapi"
STATE = {"activityId": ACTIVITY, "agent": json.dumps(PERSON), "stateId": "s"}


class Key:
    """A key of the provider's; making one takes a while, so there are three."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def public(self) -> dict[str, Any]:
        told = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        return told | {"kid": self.name, "use": "sig", "alg": "RS256"}

    def as_text(self) -> bytes:
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )


FIRST, SECOND, STRANGE = Key("first"), Key("second"), Key("first")


class Provider:
    """Tells its keys over HTTP, and signs tokens."""

    def __init__(self) -> None:
        self.keys = [FIRST]
        self.asked = 0
        self.says: bytes | None = None
        self.waits = threading.Event()
        self.waits.set()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked += 1
                provider.waits.wait(10)
                body = provider.says
                if body is None:
                    body = dumped({"keys": [key.public() for key in provider.keys]})
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()

    def close(self) -> None:
        self.waits.set()
        self._server.shutdown()
        self._server.server_close()

    def token(self, *, key: Key = FIRST, algorithm: str = "RS256", **changes: Any) -> str:
        """A good one, with these claims instead; ``None`` leaves one out."""
        claims = {
            "iss": self.url,
            "aud": AUDIENCE,
            "exp": time.time() + 60,
            "sub": "somebody",
            "client_id": "a-system",
            "scope": "all",
        } | changes
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, key.private, algorithm, headers={"kid": key.name})


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    one = Provider()
    settings.XAPI_OAUTH_ISSUER = one.url
    settings.XAPI_OAUTH_AUDIENCE = AUDIENCE
    settings.XAPI_OAUTH_JWKS_URL = one.url + "/jwks"
    yield one
    one.close()
    oauth._keys.cache_clear()


class Bearer(Lrs):
    """Somebody with a token."""

    def __init__(self, token: str, version: str = "2.0.0") -> None:
        self.version, self.authorization = version, f"Bearer {token}"


def refused(token: str) -> Response:
    answer = Bearer(token).post(statement())
    assert not StatementRecord.objects.exists()
    return answer


def test_a_good_token_opens_what_its_scopes_say_and_names_the_writer(provider: Provider) -> None:
    lrs = Bearer(provider.token())
    [identity] = lrs.stored(statement())
    assert lrs.one(statementId=identity)["authority"] == {
        "objectType": "Agent",
        "account": {"homePage": provider.url, "name": "a-system"},
    }
    for _ in range(20):
        assert lrs.send("GET").status == 200
    assert provider.asked == 1  # its keys are remembered


def unsigned(provider: Provider) -> str:
    claims = jwt.decode(provider.token(), options={"verify_signature": False})
    return jwt.encode(claims, None, "none", headers={"kid": "first"})


def signed_with_the_public_key(provider: Provider) -> str:
    """What everybody knows, taken for a secret."""

    def part(value: bytes) -> bytes:
        return base64.urlsafe_b64encode(value).rstrip(b"=")

    claims = jwt.decode(provider.token(), options={"verify_signature": False})
    said = part(dumped({"alg": "HS256", "kid": "first"})) + b"." + part(dumped(claims))
    signature = hmac.digest(FIRST.as_text(), said, hashlib.sha256)
    return (said + b"." + part(signature)).decode()


BAD = {
    "another issuer": lambda one: one.token(iss="https://elsewhere.example"),
    "no issuer": lambda one: one.token(iss=None),
    "another audience": lambda one: one.token(aud="https://elsewhere.example"),
    "no audience": lambda one: one.token(aud=None),
    "expired": lambda one: one.token(exp=time.time() - 60),
    "never expires": lambda one: one.token(exp=None),
    "expires on no day": lambda one: one.token(exp="tomorrow"),
    "not yet good": lambda one: one.token(nbf=time.time() + 600),
    "another key of that name": lambda one: one.token(key=STRANGE),
    "a key that the provider does not have": lambda one: one.token(key=SECOND),
    "not signed": unsigned,
    "signed with what everybody knows": signed_with_the_public_key,
    "without its signature": lambda one: one.token().rpartition(".")[0] + ".",
    "another payload": lambda one: one.token()[:-400] + one.token()[-399:],
    "nobody's": lambda one: one.token(sub=None, client_id=None),
    "of a number": lambda one: one.token(client_id=7, sub=None),
    "no token": lambda one: "x",
    "a token of dots": lambda one: "..",
    "an empty token": lambda one: "",
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_token_opens_nothing_and_is_not_in_the_log(
    provider: Provider, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    token = BAD[kind](provider)
    with caplog.at_level("DEBUG"):
        answer = refused(token)
    said = json.loads(answer.body)
    assert (answer.status, said["status"]) == (401, 401)
    assert "bearer token" in said["detail"]
    challenges = [value for name, value in answer.headers if name == "WWW-Authenticate"]
    assert [one.partition(" ")[0] for one in challenges] == ["Basic", "Bearer"]
    for part in token.split("."):
        assert len(part) < 10 or part not in caplog.text + str(answer.body)
    assert "refused: bearer credential" in caplog.text


def test_without_a_provider_no_token_is_good(provider: Provider, settings: Any) -> None:
    settings.XAPI_OAUTH_JWKS_URL = ""
    assert refused(provider.token()).status == 401


# Keys -------------------------------------------------------------------------------------------
def test_a_new_key_is_taken_soon(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oauth, "KEYS_MAY_BE_NEW_AFTER", 0.0)
    assert Bearer(provider.token()).send("GET").status == 200
    provider.keys = [FIRST, SECOND]
    assert Bearer(provider.token(key=SECOND)).send("GET").status == 200


def test_a_revoked_key_opens_nothing_once_the_keys_are_asked_for_again(provider: Provider) -> None:
    assert Bearer(provider.token()).send("GET").status == 200
    provider.keys = [SECOND]
    oauth._keys.cache_clear()  # after five minutes at most
    assert Bearer(provider.token(key=SECOND)).send("GET").status == 200
    assert refused(provider.token()).status == 401


def test_a_flood_of_tokens_with_unknown_keys_does_not_reach_the_provider(
    provider: Provider,
) -> None:
    for _ in range(50):
        assert refused(provider.token(key=SECOND)).status == 401
    assert provider.asked <= 2


# Away -------------------------------------------------------------------------------------------
def assert_away(answer: Response) -> None:
    said = json.loads(answer.body)
    assert (answer.status, said["status"]) == (503, 503)
    assert "identity provider" in said["detail"]
    assert "Retry-After" in dict(answer.headers)


def test_a_provider_that_is_gone_is_no_fault_of_the_token(provider: Provider) -> None:
    token = provider.token()
    provider.close()
    assert_away(refused(token))


@pytest.mark.parametrize(
    "says", [b"", b"<html>", b"[]", b"{}", b'{"keys":[]}', b'{"keys":[{}]}', b"\xff", b'{"keys":7}']
)
def test_a_provider_that_talks_nonsense_gives_no_keys(provider: Provider, says: bytes) -> None:
    provider.says = says
    assert_away(refused(provider.token()))


def test_keys_that_are_remembered_still_count_while_the_provider_is_gone(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oauth, "KEYS_MAY_BE_NEW_AFTER", 0.0)
    lrs = Bearer(provider.token())
    assert lrs.send("GET").status == 200
    provider.close()
    assert_away(refused(provider.token(key=SECOND)))
    assert lrs.send("GET").status == 200


def test_a_provider_that_does_not_answer_is_not_waited_for_by_one_after_the_other(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oauth, "WAIT_FOR_KEYS", 0.3)
    provider.waits.clear()
    began = time.monotonic()
    for _ in range(10):
        assert_away(refused(provider.token()))
    assert time.monotonic() - began < 1
    assert provider.asked == 1
    assert Lrs().send("GET").status == 200


# What a token may -------------------------------------------------------------------------------
READING = {"statements/read", "all/read", "all"}
MAY = {
    ("POST", "statements"): {"statements/write", "all"},
    ("PUT", "statements"): {"statements/write", "all"},
    ("GET", "statements"): {*READING, "statements/read/mine"},
    ("PUT", "activities/state"): {"state", "all"},
    ("POST", "activities/state"): {"state", "all"},
    ("GET", "activities/state"): {"state", "all/read", "all"},
    ("DELETE", "activities/state"): {"state", "all"},
    ("POST", "activities/profile"): {"profile", "all"},
    ("GET", "activities/profile"): {"profile", "all/read", "all"},
    ("DELETE", "activities/profile"): {"profile", "all"},
    ("POST", "agents/profile"): {"profile", "all"},
    ("GET", "agents/profile"): {"profile", "all/read", "all"},
    ("DELETE", "agents/profile"): {"profile", "all"},
    ("GET", "agents"): {*READING, "statements/read/mine", "define", "profile", "state"},
    ("GET", "activities"): {*READING, "statements/read/mine", "define", "profile", "state"},
}
SCOPES = [
    "statements/write", "statements/read/mine", "statements/read", "state", "define", "profile",
    "all/read", "all", "unknown", "ALL", "all,", "statements",
]  # fmt: skip


def asked(lrs: Lrs, method: str, path: str) -> int:
    """The status of a good request of this kind."""
    agent, activity = {"agent": json.dumps(PERSON)}, {"activityId": ACTIVITY}
    query: dict[str, str] = {
        "statements": {"statementId": str(uuid4())} if method == "PUT" else {},
        "activities/state": STATE,
        "activities/profile": activity | {"profileId": "p"},
        "agents/profile": agent | {"profileId": "p"},
        "agents": agent,
        "activities": activity,
    }[path]
    body = statement() if path == "statements" else {"a": 1}
    return int(lrs.send(method, path, query, None if method == "GET" else body).status)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_opens_what_it_says_and_nothing_else(provider: Provider, scope: str) -> None:
    lrs = Bearer(provider.token(scope=scope), version="1.0.3")
    for (method, path), scopes in MAY.items():
        status = asked(lrs, method, path)
        assert (status != 403) is (scope in scopes), (method, path, status)
        assert status in {200, 204, 404, 403}


def test_several_scopes_open_what_each_does(provider: Provider) -> None:
    lrs = Bearer(provider.token(scope="state unknown statements/write"))
    assert asked(lrs, "POST", "statements") == 200
    assert asked(lrs, "GET", "activities/state") == 404
    assert asked(lrs, "GET", "statements") == 403


@pytest.mark.parametrize("scope", [["all"], {"all": True}, 7, True])
def test_a_scope_that_is_no_text_opens_nothing(provider: Provider, scope: Any) -> None:
    assert refused(provider.token(scope=scope)).status == 403


def test_without_a_scope_a_token_writes_and_reads_its_own(provider: Provider) -> None:
    """The default of the specification (Communication, 4.2)."""
    own = Bearer(provider.token(scope=None))
    other = Bearer(provider.token(client_id="another"))
    theirs, mine = other.stored(statement())[0], own.stored(statement())[0]
    about = {"objectType": "StatementRef", "id": theirs}
    [pointing] = own.stored(statement(object=about))
    assert {one["id"] for one in own.found()} == {mine, pointing}
    # Not even by what the other one says, through a statement that points to it.
    for query in ({"activity": ACTIVITY}, {"agent": json.dumps(PERSON)}, {"limit": "1"}):
        assert theirs not in {one["id"] for one in own.found(**query)}
    assert own.one(statementId=theirs) is None
    other.stored(statement(verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object=about))
    assert own.one(voidedStatementId=theirs) is None
    assert own.send("GET", "activities/state", STATE).status == 403
    assert {one["id"] for one in other.found()} >= {mine}


def test_a_token_reads_its_own_by_issuer_and_name(provider: Provider) -> None:
    """A credential of ours with the same name is somebody else."""
    ours = Lrs()
    [identity] = ours.stored(statement())
    twin = Bearer(provider.token(scope="statements/read/mine", client_id=ours.credential.key))
    assert twin.one(statementId=identity) is None
    assert twin.found() == []


def test_a_token_in_the_alternate_syntax_is_as_good(provider: Provider) -> None:
    form = urlencode(
        {"Authorization": f"Bearer {provider.token()}", "X-Experience-API-Version": "1.0.3"}
    )
    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = handle(Request("POST", "statements", {"method": "GET"}, kind, form.encode()))
    assert answer.status == 200
