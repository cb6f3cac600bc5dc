"""A client of the Learning Record Store over a real socket."""

import base64
import http.client
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from leer.xapi import credentials
from leer.xapi.scopes import Scope

TIMEOUT = 30.0


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    headers: Mapping[str, str]

    @property
    def detail(self) -> str:
        """What a refusal says."""
        return str(json.loads(self.body)["detail"])


@dataclass(frozen=True)
class Client:
    """Somebody with a credential, at the port of a server."""

    port: int
    key: str
    secret: str

    @classmethod
    def made(cls, port: int) -> "Client":
        """With a new credential, in the test's own database."""
        new = credentials.make(name="wire", scopes=[Scope.ALL])
        return cls(port, new.credential.key, new.secret)

    def connection(self) -> http.client.HTTPConnection:
        """To be used for many requests."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)

    def headers(self, **more: str) -> dict[str, str]:
        """What every request has."""
        pair = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
        return {
            "Authorization": f"Basic {pair}",
            "X-Experience-API-Version": "2.0.0",
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in more.items()},
        }

    def send(
        self,
        method: str,
        path: str = "/xapi/statements",
        body: Any = None,
        *,
        over: http.client.HTTPConnection | None = None,
        **headers: str,
    ) -> Answer:
        """One request, over a connection of its own unless one is given."""
        content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        if over is None:
            with closing(self.connection()) as own:
                return self.send(method, path, content, over=own, **headers)
        over.request(method, path, content, self.headers(**headers))
        answer = over.getresponse()
        return Answer(answer.status, answer.read(), dict(answer.getheaders()))

    def has(self, identity: str, *, over: http.client.HTTPConnection | None = None) -> bool:
        """Whether this statement is found by its id."""
        for _ in range(10):  # a thread whose connection went with the database says so once
            answer = self.send("GET", f"/xapi/statements?statementId={identity}", over=over)
            if answer.status != 503:
                break
        assert answer.status in {200, 404}, answer
        return answer.status == 200 and json.loads(answer.body)["id"] == identity
