"""What a page weighs on a first visit: document, styles and scripts as they are sent."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

from tests.load.requests import Browser, Request

# Styles may bring more: fonts, imports. Pictures are not counted.
CSS_URL = re.compile(r"url\(\s*['\"]?([^'\")]+\.(?:css|woff2?|ttf|otf))")


class Links(HTMLParser):
    """The stylesheets and scripts that a document names."""

    def __init__(self) -> None:
        super().__init__()
        self.styles: list[str] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the browser will fetch."""
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and given.get("rel") == "stylesheet":
            self.styles.append(given["href"])
        if tag == "script" and given.get("src"):
            self.scripts.append(given["src"])


@dataclass(frozen=True)
class Weight:
    """Bytes over the wire, headers included."""

    document: int
    styles: int
    scripts: int
    requests: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.document + self.styles + self.scripts


def weigh(browser: Browser, path: str) -> Weight:
    """Fetch a page and all that it needs besides pictures."""
    document = browser.send(Request(path))
    links = Links()
    links.feed(document.text)
    styles = [browser.send(Request(url)) for url in links.styles]
    scripts = [browser.send(Request(url)) for url in links.scripts]
    more = [url for style in styles for url in CSS_URL.findall(style.text)]
    if more:
        raise NotImplementedError(f"styles bring more, which is not weighed yet: {more}")
    return Weight(
        document=document.wire,
        styles=sum(style.wire for style in styles),
        scripts=sum(script.wire for script in scripts),
        requests=1 + len(styles) + len(scripts),
    )


def stylesheet_of(browser: Browser, path: str) -> str:
    """The first stylesheet of a page."""
    links = Links()
    links.feed(browser.send(Request(path)).text)
    return links.styles[0]
