"""A running Leer, a real Chromium, and people who visit the one with the other.

Both live as long as this package: while Playwright's loop runs, Django refuses the database to
the tests of other packages.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium, people
from tests.browser.instance import Instance
from tests.browser.people import Person
from tests.browser.visitor import Visitor

Visit = Callable[..., Visitor]


@pytest.fixture(scope="package")
def leer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    """Leer with the demo, really started."""
    instance = Instance(tmp_path_factory.mktemp("leer") / "data")
    try:
        instance.start()
        yield instance
    finally:
        instance.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        running = chromium.launch(playwright)
        yield running
        running.close()


@pytest.fixture
def visit(leer: Instance, browser: Browser) -> Iterator[Visit]:
    """Let somebody visit, on a device of their own; what went wrong on it fails the test."""
    visitors: list[Visitor] = []

    def visit(**options: object) -> Visitor:
        visitors.append(Visitor(browser, leer.address, **options))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.leave()


@pytest.fixture(scope="package")
def _beginners() -> Iterator[Person]:
    return people.beginners()


@pytest.fixture
def beginner(_beginners: Iterator[Person]) -> Person:
    """A colleague who has begun nothing yet, another one for each test."""
    return next(_beginners)


@pytest.fixture
def colleague(_beginners: Iterator[Person]) -> Person:
    """Another colleague who has begun nothing yet."""
    return next(_beginners)
