"""What several pages share."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.rounds import standing_of


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


def after(
    user: User, module: content.Module, part: content.Part, *, done: bool | None = None
) -> dict[str, Any]:
    """Where to go from a part that this person has done: the next part, or back to the module.

    ``done``: the module is, if known.
    """
    if done is None:
        _round, standing = standing_of(user, module.key)
        done = standing.is_done
    following = module.after(part.key)
    if done or following is None:
        return {
            "next_url": reverse("delivery:module", args=[module.key]),
            "next_part": None,
            "module_done": done,
        }
    return {
        "next_url": reverse("delivery:part", args=[module.key, following.key]),
        "next_part": following,
        "module_done": False,
    }
