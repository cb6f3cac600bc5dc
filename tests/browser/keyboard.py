"""Somebody without a mouse, who must always see where they are."""

from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor

MOST_TABS = 60
# An outline round the thing itself, or round the label that holds it; and all in sight.
VISIBLE_FOCUS = """element => {
    const outlined = one => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    };
    const shown = [element, element.closest('label')].find(one => one && outlined(one));
    const box = shown?.getBoundingClientRect();
    return box && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
}"""


class Keyboard:
    """Somebody who has no mouse: Tab, then Enter or Space."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.keys = visitor.page.keyboard

    def reach(self, target: Locator) -> None:
        """Tab to it; on the way the focus can always be seen."""
        expect(target).to_be_visible()
        for _tab in range(MOST_TABS):
            self.keys.press("Tab")
            focused = self.page.locator(":focus")
            if not focused.count():
                continue  # round the end of the page, at the browser's own bar
            assert focused.evaluate(VISIBLE_FOCUS), f"focus unseen: {_what(focused)}"
            if target.evaluate("element => element === document.activeElement"):
                return
        raise AssertionError(f"not reached by {MOST_TABS} tabs: {target}")

    def press(self, target: Locator, key: str = "Enter") -> None:
        """Reach it and press it."""
        self.reach(target)
        self.keys.press(key)

    def type(self, target: Locator, text: str) -> None:
        """Reach a field and fill it."""
        self.reach(target)
        self.keys.type(text)

    def button(self, name: str) -> Locator:
        """The button with these words."""
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name: str) -> Locator:
        """The link with these words."""
        return self.page.get_by_role("link", name=name, exact=True)


def _what(focused: Locator) -> str:
    return str(focused.evaluate("element => element.outerHTML.slice(0, 200)"))
