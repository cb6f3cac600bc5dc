"""A browser over real HTTP: one persistent connection, cookies, gzip."""

import gzip
import http.client
from typing import Self
from urllib.parse import urlencode

from tests.load.requests import Answer, Request, checked

PASSWORD = "welkom-bij-leer"
TIMEOUT = 30


class HttpBrowser:
    """Somebody at one connection; ``again()`` is the same person at another one."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None) -> None:
        self._port = port
        self.cookies = dict(cookies or {})
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)

    def again(self) -> Self:
        """The same session on a connection of its own."""
        return type(self)(self._port, self.cookies)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def sign_in(self, username: str) -> None:
        """By the form, with the demo's password."""
        self.send(Request("/inloggen/"))
        form = {"username": username, "password": PASSWORD, "next": "/mijn-leren/"}
        self.send(Request("/inloggen/", form, expect=302))

    def send(self, request: Request) -> Answer:
        """Send it and read the whole answer."""
        self._connection.request(
            request.method, request.path, self._body(request), self._headers(request)
        )
        response = self._connection.getresponse()
        raw = response.read()
        self._keep_cookies(response)
        return checked(request, _answer(response, raw))

    def _body(self, request: Request) -> str | None:
        if request.form is None:
            return None
        return urlencode(request.form | {"csrfmiddlewaretoken": self.cookies["csrftoken"]})

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {"Accept-Encoding": "gzip", "Accept": "text/html"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if request.form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if request.htmx:
            headers["HX-Request"] = "true"
        return headers

    def _keep_cookies(self, response: http.client.HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value


def _answer(response: http.client.HTTPResponse, raw: bytes) -> Answer:
    headers = {name.lower(): value for name, value in response.getheaders()}
    packed = headers.get("content-encoding") == "gzip"
    head = sum(len(name) + len(value) + 4 for name, value in response.getheaders())
    status_line = len(f"HTTP/1.1 {response.status} {response.reason}\r\n\r\n")
    return Answer(
        status=response.status,
        body=gzip.decompress(raw) if packed else raw,
        wire=status_line + head + len(raw),
        headers=headers,
    )
