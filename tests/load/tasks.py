"""What is measured: each page and each act, as requests.

``prepare`` brings a person to the right place (not measured) and returns the operations that
follow (measured).
"""

import re
from dataclasses import dataclass
from typing import Literal, Protocol
from uuid import UUID

from tests.load.requests import Browser, Operation, Request

BATCH = 20
BATCH_OF_THE_FLOOR = 100  # CPU clocks tick every 10 ms
MODULE = "/leren/herken-een-benadering/"
LESSON = f"{MODULE}iedereen-kan-doelwit-zijn/"
QUIZ = f"{MODULE}wat-zie-je/"
SCENARIO = f"{MODULE}een-oude-bekende/"
CASE = "/casussen/de-pas-die-een-uur-weg-was/"
ATTEMPT = re.compile(r'name="attempt" value="([0-9a-f-]+)"')
STEP = re.compile(r'name="step" value="(\d+)"')

Who = Literal["nobody", "learner", "manager"]


class Task(Protocol):
    """One line of the table."""

    key: str
    name: str
    who: Who

    def prepare(self, browser: Browser) -> list[Operation]:
        """Go to the right place; the operations to measure from there."""


@dataclass(frozen=True)
class Read:
    """Getting one page again and again."""

    key: str
    name: str
    path: str
    who: Who = "learner"
    expect: int = 200
    first: Request | None = None

    def prepare(self, browser: Browser) -> list[Operation]:
        """Maybe one request that makes the page what it should be."""
        if self.first:
            browser.send(self.first)
        times = BATCH_OF_THE_FLOOR if self.who == "nobody" else BATCH
        return [(Request(self.path, expect=self.expect),)] * times


@dataclass(frozen=True)
class Answering:
    """A quiz from its first question to its last; ``choices`` is one answer per question."""

    key: str
    name: str
    choices: tuple[str, ...]
    who: Who = "learner"

    def prepare(self, browser: Browser) -> list[Operation]:
        """Begin, or go on where an earlier measurement stopped."""
        attempt, step = _opened(browser, QUIZ)
        return [
            (_post(QUIZ, "antwoord", attempt, number, option=choice),)
            for number, choice in enumerate(self.choices, start=1)
            if number >= step
        ]


@dataclass(frozen=True)
class Choosing:
    """A story from its beginning to an ending; ``path`` is where each choice leads.

    With JavaScript (htmx) a choice answers with the next scene; without, it redirects there.
    """

    key: str
    name: str
    path: tuple[str, ...]
    htmx: bool
    who: Who = "learner"

    def prepare(self, browser: Browser) -> list[Operation]:
        """Begin, or go on where an earlier measurement stopped."""
        attempt, step = _opened(browser, SCENARIO)
        return [
            self._choice(attempt, number, target)
            for number, target in enumerate(self.path, start=1)
            if number >= step
        ]

    def _choice(self, attempt: str, step: int, target: str) -> Operation:
        from leer.delivery.actions import choice_key  # once Django is set up

        key = choice_key(UUID(attempt), step, target)
        if self.htmx:
            return (_post(SCENARIO, "kies", attempt, step, htmx=True, expect=200, choice=key),)
        return (_post(SCENARIO, "kies", attempt, step, choice=key), Request(SCENARIO))


def _opened(browser: Browser, part: str) -> tuple[str, int]:
    """The open attempt and the step that comes now, as the page says."""
    browser.send(_begin(part))
    text = browser.send(Request(part)).text
    return ATTEMPT.findall(text)[0], int(STEP.findall(text)[0])


def _begin(part: str) -> Request:
    return Request(f"{part}start/", {}, expect=302)


def _post(
    part: str,
    act: str,
    attempt: str,
    step: int,
    *,
    htmx: bool = False,
    expect: int = 302,
    **form: str,
) -> Request:
    sent = {"attempt": attempt, "step": str(step), **form}
    return Request(f"{part}{act}/", sent, htmx=htmx, expect=expect)


def floor(stylesheet: str) -> list[Task]:
    """What the server itself costs: no page of Leer is cheaper than these."""
    return [
        Read("static", "a stylesheet (whitenoise)", stylesheet, "nobody"),
        Read("redirect", "a redirect (all middleware, no page)", "/taal/", "nobody", 302),
        Read("not_found", "a 404 (all middleware, a template)", "/bestaat-niet/", "nobody", 404),
    ]


def learner_pages() -> list[Task]:
    """What a learner reads."""
    return [
        Read("my_learning", "Mijn leren", "/mijn-leren/"),
        Read("module", "module page", MODULE),
        Read("lesson", "lesson page", LESSON),
        Read("question", "quiz question page", QUIZ, first=_begin(QUIZ)),
        Read("scenario", "scenario page", SCENARIO, first=_begin(SCENARIO)),
        Read("cases", "cases", "/casussen/"),
        Read("case", "one case", CASE),
        Read("help", "help", "/hulp/"),
    ]


def learner_acts(answers: tuple[str, ...], path: tuple[str, ...]) -> list[Task]:
    """What a learner does."""
    return [
        Answering("answer", "quiz answer (POST)", answers),
        Choosing("step", "scenario step (POST, htmx)", path, htmx=True),
        Choosing("plain_step", "scenario step (POST and GET)", path, htmx=False),
    ]


def team_pages(teams: dict[int, str]) -> list[Task]:
    """The manager's page, for each size of team."""
    return [
        Read(f"team_{size}", f"team page, {size} members", f"/mijn-team/{public_id}/", "manager")
        for size, public_id in teams.items()
    ]
