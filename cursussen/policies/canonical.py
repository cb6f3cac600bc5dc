"""The exact text of a policy, in one form only, and its hash.

The canonical form is UTF-8 in NFC, with ``\\n`` between lines and at the end, runs of white space
as one space, and a blank line between paragraphs:

- the title comes first, as ``# Title``; headings are ``## `` and ``### ``;
- items of a list are lines with ``- `` or ``1. ``, two spaces further for each list around it;
- bold and italic are words like others; a link to outside is followed by its address between
  brackets, a link to a page of Leer is its words (a page that moves does not change a policy);
- what to remember begins with ``Onthoud: ``, and what the service must fill in stands in
  ``[Hier vult de dienst in: …]``. These words are part of the text and in no catalogue: the hash
  is the same whatever language somebody reads Leer in.

So what looks different reads different, and what reads the same has the same hash: saving the
page again, or markup that says nothing, makes no new version.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

REMEMBER, SLOT = "Onthoud: ", "[Hier vult de dienst in: {}]"
STARTS = {"p": "", "h2": "## ", "h3": "### "}


def canonical_text(title: str, body: Iterable[Any]) -> str:
    """The text of a policy as it is hashed, kept and shown later; ``body`` are its blocks."""
    paragraphs = [f"# {_tidy(title)}"]
    for block in body:
        paragraphs += _paragraphs(block.block_type, block.value)
    return "\n\n".join(paragraphs) + "\n"


def sha256_of(text: str) -> str:
    """By which a text is known: 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _paragraphs(kind: str, value: Any) -> list[str]:
    if kind == "remember":
        first, *rest = _read(value["text"].source) or [""]
        return [REMEMBER + first, *rest]
    if kind == "slot":
        return [SLOT.format(_tidy(value))]
    return _read(value.source)


def _read(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.paragraphs()


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


class _Reader(HTMLParser):
    """The rich text of the CMS, as paragraphs; a list is one, with a line for each item."""

    def __init__(self) -> None:
        super().__init__()
        self._found: list[list[str]] = []  # paragraphs of lines
        self._numbers: list[int | None] = []  # of the lists that are open; None: not numbered
        self._addresses: list[str] = []

    def paragraphs(self) -> list[str]:
        """What was read."""
        lines = ([_tidy_line(line) for line in paragraph] for paragraph in self._found)
        kept = ("\n".join(line for line in one if line.strip()) for one in lines)
        return [paragraph for paragraph in kept if paragraph]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, a list, an item, a line or a link."""
        if tag in STARTS:
            self._found.append([STARTS[tag]])
        elif tag in {"ul", "ol"}:
            if not self._numbers:
                self._found.append([])
            self._numbers.append(0 if tag == "ol" else None)
        elif tag == "li":
            self._found[-1].append(self._marker())
        elif tag == "br":
            self._found[-1].append("")
        elif tag == "a":
            self._addresses.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        """Close a list, or tell where a link led."""
        if tag in {"ul", "ol"}:
            self._numbers.pop()
        elif tag == "a" and (address := self._addresses.pop()):
            self.handle_data(f" ({address})")

    def handle_data(self, data: str) -> None:
        """Words, in the line that is open."""
        if not self._found:
            self._found.append([""])
        if not self._found[-1]:
            self._found[-1].append("")
        self._found[-1][-1] += re.sub(r"\s+", " ", data)

    def _marker(self) -> str:
        indent, number = "  " * (len(self._numbers) - 1), self._numbers[-1]
        if number is None:
            return f"{indent}- "
        self._numbers[-1] = number + 1
        return f"{indent}{number + 1}. "


def _tidy_line(line: str) -> str:
    """As ``_tidy``, but for the two spaces before an item of a list in a list."""
    words = line.lstrip(" ")
    return " " * (len(line) - len(words)) + _tidy(words) if _is_item(words) else _tidy(words)


def _is_item(words: str) -> bool:
    return bool(re.match(r"- |\d+\. ", words))
