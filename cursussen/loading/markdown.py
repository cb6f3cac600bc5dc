"""Markdown to the HTML that the CMS's rich text knows, and nothing more."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

ALLOWED = {
    "inline", "text", "softbreak",
    "paragraph_open", "paragraph_close", "heading_open", "heading_close",
    "bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close",
    "list_item_open", "list_item_close",
    "strong_open", "strong_close", "em_open", "em_close", "link_open", "link_close",
}  # fmt: skip
HEADINGS = {"h2", "h3"}

Fail = Callable[[int, str], Exception]
_parser = MarkdownIt("commonmark")


def to_html(text: str, *, first_line: int, fail: Fail) -> str:
    """The HTML of this text; ``fail(line, message)`` makes the error for what is not allowed."""
    tokens = _parser.parse(text)
    _check(tokens, first_line, fail)
    html: str = _parser.renderer.render(tokens, _parser.options, {})
    return html.strip()


def _check(tokens: list[Token], line: int, fail: Fail, start: int = 0) -> None:
    for token in tokens:
        place = token.map[0] if token.map else start
        if not _is_allowed(token):
            raise fail(
                line + place,
                _("Gebruik alleen alinea’s, koppen (## en ###), lijsten, vet, cursief en links."),
            )
        _check(token.children or [], line, fail, place)


def _is_allowed(token: Token) -> bool:
    if token.type == "heading_open":
        return token.tag in HEADINGS
    return token.type in ALLOWED
