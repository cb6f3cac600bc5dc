"""A request as plain data, so that it can go over HTTP (time) and through Django (queries)."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Request:
    """One request and the status that it must bring."""

    path: str
    form: dict[str, str] | None = None
    htmx: bool = False
    expect: int = 200

    @property
    def method(self) -> str:
        """A form is posted; anything else is a GET."""
        return "GET" if self.form is None else "POST"


@dataclass(frozen=True)
class Answer:
    """What came back. ``wire`` is bytes as sent: status line, headers and compressed body."""

    status: int
    body: bytes
    wire: int = 0
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The body, read."""
        return self.body.decode()


# What a learner experiences as one thing: mostly one request, sometimes a post and its landing.
type Operation = tuple[Request, ...]


class Browser(Protocol):
    """Somebody who can send requests."""

    def send(self, request: Request) -> Answer:
        """Send it; raises ``UnexpectedAnswer`` when another status comes back."""


class UnexpectedAnswer(Exception):
    """What is measured must be the page that was meant, not an error page."""


def checked(request: Request, answer: Answer) -> Answer:
    """The answer, if it has the status that was expected."""
    if answer.status != request.expect:
        raise UnexpectedAnswer(
            f"{request.method} {request.path}: {answer.status}, expected {request.expect}"
        )
    return answer
