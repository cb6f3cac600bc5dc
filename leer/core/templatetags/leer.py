"""Small pieces of any page: a drawn icon, two lists side by side."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of our own drawings from ``static/leer/img``, inline so that it takes on the text's
    colour; the words stand beside it.
    """
    return _drawing(name)


@lru_cache(maxsize=32)
def _drawing(name: str) -> SafeString:
    found = finders.find(f"leer/img/{name}.svg")
    if not isinstance(found, str):
        raise template.TemplateSyntaxError(f"No drawing called {name}")
    svg = Path(found).read_text(encoding="utf-8").strip()
    return mark_safe(f'<span class="icon" aria-hidden="true">{svg}</span>')  # noqa: S308 (our file)


@register.filter
def beside(these: Iterable[Any], those: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Pairs of two lists of the same length, for cells that name their column."""
    return zip(these, those, strict=True)
