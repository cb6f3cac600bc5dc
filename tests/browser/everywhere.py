"""axe and 320 pixels on every page that can be come by: far too many for every test run.

Against a demo that runs, and that may be played with (it begins every module that is open)::

    uv run manage.py start --port 8100 --data /tmp/leer-kijken
    uv run python -m tests.browser.everywhere http://127.0.0.1:8100

Follows every link from the start page of each kind of colleague, within Leer. Says page by page
what axe finds or what sticks out, and ends with how many pages it looked at; the exit code tells
whether they were clean.
"""

import re
import sys
from collections.abc import Iterator
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.sync_api import Error, Page, sync_playwright

from tests.browser.accessibility import Audit
from tests.browser.chromium import launch
from tests.browser.visitor import CALM, NARROW, Visitor

PEOPLE = ("medewerker", "leidinggevende", "programma")
START = ("/", "/mijn-leren/", "/casussen/", "/afspraken/", "/themas/", "/hulp/")
# Wagtail's own screens, what is no page, and what only the number of a person or team tells apart.
ELSEWHERE = re.compile(r"^/(cms|media|static|documenten)/|\.(csv|pdf|ics|png|jpg|vtt)$|uitloggen")
ALIKE = re.compile(r"/\d+(/|$)|/[0-9a-f-]{36}(/|$)")
MOST_ALIKE = 3


class Crawl:
    """Which pages somebody can come by, each once; of pages that differ by a number a few."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._to_go = [urljoin(address, path) for path in START]
        self._known = set(self._to_go)
        self._alike: dict[str, int] = {}

    def __iter__(self) -> Iterator[str]:
        while self._to_go:
            yield self._to_go.pop(0)

    def add(self, page: Page) -> None:
        """Where this page leads to."""
        for found in page.locator("a[href]").evaluate_all("all => all.map(one => one.href)"):
            url = urldefrag(found).url
            if url not in self._known and self._belongs(url):
                self._known.add(url)
                self._to_go.append(url)

    def _belongs(self, url: str) -> bool:
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != self.address or parts.query:
            return False
        kind = ALIKE.sub("/#/", parts.path)
        self._alike[kind] = self._alike.get(kind, 0) + (kind != parts.path)
        return not ELSEWHERE.search(parts.path) and self._alike[kind] <= MOST_ALIKE


def look(visitor: Visitor, audit: Audit) -> None:
    """At every page that this person comes by."""
    crawl = Crawl(visitor.address)
    for url in crawl:
        if not opens(visitor.page, url):
            continue
        begin(visitor.page)
        seen = len(audit.found)
        audit.look(visitor.page, url)
        audit.look_narrow(visitor.page, url)
        sys.stdout.writelines(f"{line}\n" for line in audit.found[seen:])
        crawl.add(visitor.page)


def opens(page: Page, url: str) -> bool:
    """It is a page, and no file."""
    try:
        page.goto(url)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    return bool(page.evaluate("document.contentType") == "text/html")


def begin(page: Page) -> None:
    """A module opens its parts to who begins it; come back to its page."""
    button = page.locator("form[action$='/begin/'] button")
    if button.count():
        url = page.url
        button.first.click()
        page.goto(url)


def main(address: str) -> int:
    """Look everywhere as each of them."""
    audit = Audit()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in PEOPLE:
            visitor = Visitor(browser, address, NARROW, **CALM)
            visitor.may_be_refused(404)
            visitor.sign_in(name)
            look(visitor, audit)
            visitor.leave()
    sys.stdout.write(f"{len(audit.looked_at)} pages, {len(audit.found)} findings\n")
    return bool(audit.found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/")))
