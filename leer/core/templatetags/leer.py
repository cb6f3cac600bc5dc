"""Small pieces of any page: a drawn icon, a piece that never changes, two lists side by side."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

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


@register.simple_tag
def still(template_name: str, **given: Any) -> SafeString:
    """Include a template that shows nothing but what it is ``given``, and the language.

    So it is rendered once per process and kept. Nothing of a person may be given to it.
    """
    return _kept(template_name, get_language(), tuple(sorted(given.items())))


@lru_cache(maxsize=256)
def _kept(template_name: str, language: str, given: tuple[tuple[str, Any], ...]) -> SafeString:
    return render_to_string(template_name, dict(given))


@register.filter
def beside(these: Iterable[Any], those: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Pairs of two lists of the same length, for cells that name their column."""
    return zip(these, those, strict=True)
