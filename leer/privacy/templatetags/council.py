"""What pages of other apps tell of the works council."""

from typing import Any

from django import template

from leer.privacy import council as decisions

register = template.Library()


@register.inclusion_tag("privacy/_running_out.html")
def running_out() -> dict[str, Any]:
    """What will soon be off, and what waits to be confirmed: for who can do something about it."""
    standings = decisions.standings()
    return {
        "running_out": [one for one in standings if one.is_on and one.runs_out],
        "waiting": sum(line.waits for one in standings for line in one.lines),
    }
