"""Somebody at a browser. What goes wrong on a page they see fails the test."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
)

from leer.demo.sign_ins import PASSWORD

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
SIZES = {"phone": PHONE, "desk": DESK}
both_sizes = pytest.mark.parametrize(
    "size", [pytest.param(size, id=name) for name, size in SIZES.items()]
)
# Colours that are still on their way to dark have no contrast to measure.
CALM: dict[str, Any] = {"reduced_motion": "reduce"}
PATIENCE = 60_000  # milliseconds; two cores are often shared

expect.set_options(timeout=PATIENCE)

REFUSED = re.compile(r"status of (\d{3})")


class Visitor:
    """One browser context (one device) with its pages.

    ``faults`` collects console errors (a violation of the content security policy is one),
    errors in scripts, and requests to anywhere but Leer. A refusal that a test asks for is
    announced with ``may_be_refused``.
    """

    def __init__(
        self, browser: Browser, address: str, size: ViewportSize = DESK, **options: Any
    ) -> None:
        self.address = address
        self.faults: list[str] = []
        self._refusals: set[str] = set()
        self.context = browser.new_context(
            base_url=address,
            viewport=size,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            **options,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.on("console", self._listen)
        self.context.on("weberror", lambda error: self._fault(f"script: {error.error}"))
        self.context.on("request", self._stay_home)
        self.page = self.context.new_page()

    def go(self, path: str) -> Response:
        """Open a page by its address."""
        response = self.page.goto(path)
        assert response is not None
        return response

    def sign_in(self, username: str) -> None:
        """Sign in by the form, as somebody from the demo."""
        self.go("/inloggen/")
        self.page.get_by_label("Gebruikersnaam").fill(username)
        self.page.get_by_label("Wachtwoord").fill(PASSWORD)
        self.page.get_by_role("button", name="Inloggen").click()
        expect(self.page.get_by_role("button", name="Uitloggen")).to_be_visible()

    def may_be_refused(self, *statuses: int) -> None:
        """The test asks for something that is answered so; Chromium logs that as an error."""
        self._refusals |= {str(status) for status in statuses}

    def leave(self) -> None:
        """Close the browser, and say what went wrong in it."""
        self.context.close()
        assert not self.faults, "\n".join(self.faults)

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        refused = REFUSED.search(message.text)
        if not (refused and refused[1] in self._refusals):
            self._fault(f"console: {message.text} {message.location.get('url', '')}")

    def _stay_home(self, request: Request) -> None:
        place = urlsplit(request.url)
        ours = f"{place.scheme}://{place.netloc}" == self.address
        if not ours and place.scheme not in {"data", "blob", "about"}:
            self._fault(f"request elsewhere: {request.url}")

    def _fault(self, what: str) -> None:
        self.faults.append(f"{self.page.url}: {what}")


def text_of(page: Page, selector: str) -> str:
    """What somebody reads there, white space evened out."""
    return " ".join(page.locator(selector).inner_text().split())


def fits(page: Page) -> None:
    """Nothing sticks out at the side."""
    width = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], f"{page.url}: {width[0]} px wide on a screen of {width[1]} px"
