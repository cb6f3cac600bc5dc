"""A client of the Learning Record Store, in process: the real door, without a socket."""

import base64
import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from leer.xapi import credentials
from leer.xapi.rest.handling import handle
from leer.xapi.rest.http import Request, Response
from leer.xapi.scopes import Scope

PERSON = {"account": {"homePage": "https://personeel.example", "name": "p1"}}
ACTIVITY = "https://inhoud.example/kade"


class Lrs:
    """Somebody with a credential, who speaks one version."""

    def __init__(self, *scopes: Scope, version: str = "1.0.3", **also: Any) -> None:
        made = credentials.make(name=str(uuid4()), scopes=scopes or (Scope.ALL,), **also)
        self.credential, self.version = made.credential, version
        pair = f"{made.credential.key}:{made.secret}".encode()
        self.authorization = f"Basic {base64.b64encode(pair).decode()}"

    def send(
        self,
        method: str,
        path: str = "statements",
        query: Mapping[str, str] | None = None,
        body: Any = None,
        **headers: str,
    ) -> Response:
        """One request; ``body`` as JSON unless it is bytes."""
        content = body if isinstance(body, bytes) else b"" if body is None else dumped(body)
        sent = {
            "authorization": self.authorization,
            "x-experience-api-version": self.version,
            "content-type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return handle(Request(method, path, query or {}, sent, content))

    def post(self, *statements: Any) -> Response:
        """Store these."""
        return self.send("POST", body=statements[0] if len(statements) == 1 else [*statements])

    def stored(self, *statements: Any) -> list[str]:
        """Store these; their ids."""
        answer = self.post(*statements)
        assert answer.status == 200, answer.body
        return list(json.loads(answer.body))

    def found(self, **query: str) -> list[dict[str, Any]]:
        """A page."""
        answer = self.send("GET", query=query)
        assert answer.status == 200, answer.body
        return list(json.loads(answer.body)["statements"])

    def one(self, **query: str) -> Any:
        """One statement, or ``None``."""
        answer = self.send("GET", query=query)
        return json.loads(answer.body) if answer.status == 200 else None


def dumped(value: Any) -> bytes:
    return json.dumps(value).encode()


def statement(**changes: Any) -> dict[str, Any]:
    """A good one, with these properties instead."""
    return {
        "actor": PERSON,
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": {"nl": "rondde af"}},
        "object": {"id": ACTIVITY},
    } | changes


def pointing(target: str, verb: str = "http://example.org/confirmed") -> dict[str, Any]:
    """A statement about a statement."""
    other = {"mbox": "mailto:andrew@example.org"}
    about = {"objectType": "StatementRef", "id": target}
    return statement(actor=other, verb={"id": verb}, object=about)
