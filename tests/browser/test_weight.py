"""What a page costs on a slow line."""

import pytest
from playwright.sync_api import Response

from tests.browser import learner
from tests.browser.conftest import Visit
from tests.browser.people import Person
from tests.browser.visitor import PHONE

pytestmark = pytest.mark.browser

MOST_BYTES = 60 * 1024
LESSONS = ("iedereen-kan-doelwit-zijn", "hoe-een-benadering-verloopt", "wat-je-doet")
COUNTED = {"document", "stylesheet", "script", "font", "xhr", "fetch"}


@pytest.mark.parametrize("lesson", LESSONS)
def test_lesson_without_its_images_weighs_at_most_60_kib(
    visit: Visit, beginner: Person, lesson: str
) -> None:
    # Given somebody whose browser has nothing of Leer yet
    visitor = visit(size=PHONE)
    visitor.sign_in(beginner.username)
    learner.begin_module(visitor.page)
    fresh = visit(size=PHONE, storage_state=visitor.context.storage_state())
    answers: list[Response] = []

    def listen(answer: Response) -> None:  # Playwright cannot take a built-in like append
        answers.append(answer)

    fresh.context.on("response", listen)
    # When they open a lesson
    fresh.go(f"{learner.MODULE_PATH}{lesson}/")
    fresh.page.wait_for_load_state("networkidle")
    # Then what comes over the wire, heads and compressed bodies, is little
    weights = {
        answer.url: sum(_sizes(answer))
        for answer in answers
        if answer.request.resource_type in COUNTED
    }
    assert len(weights) > 3  # the page and its styles
    assert sum(weights.values()) <= MOST_BYTES, weights


def _sizes(answer: Response) -> tuple[int, int]:
    sizes = answer.request.sizes()
    return sizes["responseHeadersSize"], sizes["responseBodySize"]
