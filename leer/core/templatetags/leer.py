"""Small pieces of pages: a state with its icon, a stacked bar, a drawn icon.

What a person reads stands in ``templates/core``; here are only numbers and names.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

register = template.Library()

# The order in which a bar is read: what is done first.
BAR_ORDER = ("done", "busy", "todo", "overdue")
STATE_ICONS = {
    "todo": "staat-te-doen",
    "busy": "staat-bezig",
    "done": "staat-gedaan",
    "overdue": "staat-verlopen",
}
ROOM_FOR_A_NUMBER = 6.0  # per cent of the bar's width
CHOICE = "keuzemoment"


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
def state(value: str) -> SafeString:
    """*Te doen*, *bezig*, *gedaan* or *verlopen*: icon and word, never colour alone."""
    return _badge(str(value), get_language())


@lru_cache(maxsize=32)
def _badge(value: str, language: str) -> SafeString:
    context = {"state": value, "icon": STATE_ICONS.get(value)}
    return render_to_string("core/state.html", context)


@register.inclusion_tag("core/bar.html")
def bar(counts: Mapping[str, int], title: str, number: int) -> dict[str, Any]:
    """A stacked bar of how many are where. ``number`` is its place on the page; the same
    counts belong in a table beside it.
    """
    total = sum(counts[key] for key in BAR_ORDER)
    return {
        "counts": counts,
        "total": total,
        "title": title,
        "number": number,
        "segments": _segments(counts, total),
    }


def _segments(counts: Mapping[str, int], total: int) -> list[dict[str, Any]]:
    segments = []
    start = 0.0
    for key in BAR_ORDER:
        if not counts[key]:
            continue
        width = 100 * counts[key] / total
        segments.append(
            {
                "state": key,
                "count": counts[key],
                # Written here with a point: a template would write a Dutch comma.
                "x": f"{start:.2f}%",
                "width": f"{width:.2f}%",
                "middle": f"{start + width / 2:.2f}%",
                "has_room": width >= ROOM_FOR_A_NUMBER,
            }
        )
        start += width
    return segments


@register.filter
def beside(these: Iterable[Any], those: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Pairs of two lists of the same length, for cells that name their column."""
    return zip(these, those, strict=True)


@register.filter
def until_choice(sections: Sequence[Any]) -> Sequence[Any]:
    """The sections of a case up to and with the moment of choice; all when there is none."""
    return sections[: _place_of_choice(sections)]


@register.filter
def after_choice(sections: Sequence[Any]) -> Sequence[Any]:
    """The sections of a case that wait behind the moment of choice."""
    return sections[_place_of_choice(sections) :]


def _place_of_choice(sections: Sequence[Any]) -> int:
    for place, section in enumerate(sections, start=1):
        kind = section["kind"] if isinstance(section, Mapping) else section.kind
        if kind == CHOICE:
            return place
    return len(sections)
