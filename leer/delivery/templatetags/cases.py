"""A case is read in two parts: up to the moment of choice, and what came of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()

CHOICE = "keuzemoment"


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
