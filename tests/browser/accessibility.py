"""axe on a screen: WCAG 2.0 to 2.2, A and AA, and axe's own best practices."""

from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.visitor import NARROW

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
EVERYTHING = (*WCAG, "best-practice")
# What can differ between light and dark.
OF_COLOUR = ("color-contrast", "link-in-text-block")


# Colours that are still on their way to dark have no contrast to measure.
COLOURS_ARRIVE = """async () => {
    await new Promise(requestAnimationFrame)
    const moving = document.getAnimations().filter(one => one instanceof CSSTransition)
    await Promise.allSettled(moving.map(one => one.finished))
}"""


@dataclass
class Audit:
    """What was found on the screens that were looked at, told all at once."""

    tags: tuple[str, ...] = EVERYTHING
    context: dict[str, Any] | None = None
    found: list[str] = field(default_factory=list)
    looked_at: list[str] = field(default_factory=list)

    def look(self, page: Page, screen: str, *, dark: bool = False) -> None:
        """Look at this screen, in light and if asked in dark."""
        self.looked_at.append(screen)
        self._run(page, screen, {"type": "tag", "values": list(self.tags)})
        if dark:
            page.emulate_media(color_scheme="dark")
            page.evaluate(COLOURS_ARRIVE)
            self._run(page, f"{screen} (dark)", {"type": "rule", "values": list(OF_COLOUR)})
            page.emulate_media(color_scheme="light")

    def look_until_it_settles(self, page: Page, screen: str, *, dark: bool = False) -> None:
        """For screens that a script of others' still moves: what is wrong there stays wrong."""
        for _try in range(3):
            once = Audit(self.tags, self.context)
            once.look(page, screen, dark=dark)
            if not once.found:
                break
            page.wait_for_timeout(1000)
        self.looked_at.append(screen)
        self.found += once.found

    def look_everywhere(self, page: Page, screen: str) -> None:
        """In light, in dark, and on a narrow screen."""
        self.look(page, screen, dark=True)
        self.look_narrow(page, screen)

    def look_narrow(self, page: Page, screen: str) -> None:
        """At 320 pixels nothing sticks out at the side."""
        before = page.viewport_size
        page.set_viewport_size(NARROW)
        wide, room = page.evaluate("[document.scrollingElement.scrollWidth, innerWidth]")
        if wide > room:
            self.found.append(f"{screen}: {wide} px wide on a screen of {room} px")
        assert before is not None
        page.set_viewport_size(before)

    def assert_clean(self) -> None:
        """Nothing was found, and something was looked at."""
        assert self.looked_at
        assert not self.found, "\n".join(self.found)

    def _run(self, page: Page, screen: str, rules: dict[str, Any]) -> None:
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        results = Axe().run(page, context=self.context, options=options)
        for violation in results.response["violations"]:
            for node in violation["nodes"]:
                where = " ".join(map(str, node["target"]))
                why = " ".join((node.get("failureSummary") or "").split())
                self.found.append(f"{screen}: {violation['id']} at {where}: {why}")
