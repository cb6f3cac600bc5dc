"""The manual's pictures of what a colleague and an editor see first, taken anew.

Against a demo that was just made, as it answers and plays on the way::

    uv run manage.py start --port 8400 --data /tmp/pictures
    uv run python -m tests.browser.manual http://127.0.0.1:8400

Writes into ``docs/beelden``. Look at what came of it, and at the words beside each picture in
``docs/handleiding``, before it is committed.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.browser import learner, story
from tests.browser.chromium import launch
from tests.browser.visitor import CALM, Visitor

FOLDER = Path(__file__).parents[2] / "docs" / "beelden"
COLOURS = 128
LEARNER: ViewportSize = {"width": 900, "height": 720}
WIDE: ViewportSize = {"width": 1200, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
EDITOR: ViewportSize = {"width": 1280, "height": 860}


def take(page: Page, name: str, size: ViewportSize, *, whole: bool = False) -> None:
    """Keep what stands on the screen, or all of the page, in few colours."""
    page.set_viewport_size(size)
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    picture.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
    sys.stdout.write(f"{name} {picture.width} x {picture.height}\n")


def take_of_learner(visitor: Visitor) -> None:
    """From help, which needs no account, to the ending of a story."""
    page = visitor.page
    visitor.go("/hulp/")
    take(page, "hulp", LEARNER, whole=True)
    visitor.sign_in("medewerker")
    take(page, "mijn-leren", WIDE, whole=True)
    take(page, "telefoon", PHONE, whole=True)
    visitor.go("/casussen/")
    take(page, "casussen", {"width": 900, "height": 900})
    visitor.go(learner.MODULE_PATH)
    take(page, "module", {"width": 900, "height": 1000})
    learner.press(page, "Begin")
    learner.read_lessons(page)
    learner.press(page, "Begin met de vragen")
    learner.answer(page, 1, right=False)
    take(page, "antwoord", LEARNER, whole=True)
    visitor.go(learner.STORY_PATH)
    state = learner.begin_story(page)
    take(page, "scene", LEARNER, whole=True)
    for target in story.SAFE:
        state = learner.choose_and_go_on(page, state, target)
    take(page, "einde", {"width": 1000, "height": 900}, whole=True)


def take_of_editor(visitor: Visitor) -> None:
    """Where an editor begins, and the inventory of policies."""
    visitor.sign_in("redacteur")
    visitor.go("/cms/")
    take(visitor.page, "redactie-begin", EDITOR)
    visitor.go("/cms/afspraken/")
    take(visitor.page, "afspraken-redactie", EDITOR)


def main(address: str) -> None:
    """All of them."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for take_some in (take_of_learner, take_of_editor):
            visitor = Visitor(browser, address, LEARNER, **CALM)
            take_some(visitor)
            visitor.leave()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
