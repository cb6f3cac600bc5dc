"""A little Markdown for people who write stories: paragraphs, emphasis, lists; never HTML."""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(["emphasis", "list", "newline"])


@lru_cache(maxsize=2048)
def to_html(text: str) -> SafeString:
    """Safe HTML; whatever looks like markup of another kind is shown as it was typed."""
    return mark_safe(_MARKDOWN.render(text))  # noqa: S308 (html is off: all text is escaped)
