"""What several pages share."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from cursussen import api as content
from leer.delivery.overview import Mine
from leer.rollout import api as rollout


def module_or_404(key: str) -> content.Module:
    """The live module with this key."""
    try:
        return content.module(key)
    except content.UnknownModule as error:
        raise Http404 from error


def part_or_404(module: content.Module, key: str) -> content.Part:
    """The part of this module with this key."""
    part = next((part for part in module.parts if part.key == key), None)
    if part is None:
        raise Http404
    return part


def after(mine: Mine, part: content.Part) -> dict[str, Any]:
    """Where to go from a part that is done."""
    module = mine.module
    done = mine.state is rollout.State.DONE
    following = module.after(part.key)
    if done or following is None:
        return {
            "next_url": reverse("delivery:module", args=[module.key]),
            "next_title": _("Terug naar de module"),
            "module_done": done,
        }
    return {
        "next_url": reverse("delivery:part", args=[module.key, following.key]),
        "next_title": following.title,
        "module_done": False,
    }
