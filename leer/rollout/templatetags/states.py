"""How far somebody is, or a team: a state with its icon, and a stacked bar.

What a person reads stands in ``templates/rollout``; here are only numbers and names.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leer.rollout.api import State, state_words

register = template.Library()

# The order in which a bar is read: what is done first.
BAR_ORDER = (State.DONE, State.BUSY, State.TODO, State.OVERDUE)
STATE_ICONS: dict[str, str] = {
    State.TODO: "staat-te-doen",
    State.BUSY: "staat-bezig",
    State.DONE: "staat-gedaan",
    State.OVERDUE: "staat-verlopen",
}
ROOM_FOR_A_NUMBER = 6.0  # per cent of the bar's width


@register.simple_tag
def state(value: str | None) -> SafeString:
    """*Te doen*, *bezig*, *gedaan* or *verlopen* (or none): icon and word, never colour alone."""
    return _badge(value or "", get_language())


@lru_cache(maxsize=32)
def _badge(value: str, language: str) -> SafeString:
    words = state_words(State(value) if value else None)
    context = {"state": value, "icon": STATE_ICONS.get(value), "words": words}
    return render_to_string("rollout/state.html", context)


@register.simple_tag
def standing(value: str | None, due: date | None) -> SafeString:
    """A state, with the last day where there is one."""
    return _standing(value or "", due, get_language())


@lru_cache(maxsize=256)
def _standing(value: str, due: date | None, language: str) -> SafeString:
    badge = _badge(value, language)
    if not due:
        return badge
    words = _("uiterlijk %(day)s") % {"day": date_format(due, "j F Y")}
    return format_html(
        '<span class="standing">{} <span class="soft">{}</span></span>', badge, words
    )


@register.inclusion_tag("rollout/bar.html")
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
