"""What the forms hold, as the CMS keeps it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

type Block = Mapping[str, Any]
"""One block as a StreamField stores it: ``type``, ``value`` and ``id``."""

SCENE, REACTION, ENDING, COUNTER = "scene", "reaction", "ending", "counter"
MORE, LESS, BECOMES = "more", "less", "becomes"
"""What an effect does to a counter, as an editor says it."""


@dataclass(frozen=True)
class Draft:
    """A story on its way, sound or not.

    ``card`` has the engine's keys, without ``tellers``. The first of ``scenes`` is where the story
    begins. Choices, effects and conditions point at scenes and counters by block id; a name that
    is no block's id stands for itself. ``positions`` keeps where Twine drew the boxes, by block id.
    """

    title: str
    ifid: str
    card: Mapping[str, str] = field(default_factory=dict)
    counters: Sequence[Block] = ()
    scenes: Sequence[Block] = ()
    positions: Mapping[str, Sequence[int]] = field(default_factory=dict)


def items(values: Sequence[Any] | None) -> Iterator[Any]:
    """The values in a list of blocks, with or without ids around them."""
    for value in values or ():
        yield value["value"] if isinstance(value, Mapping) and value.get("type") else value


def choices_of(block: Block) -> list[Mapping[str, Any]]:
    """The ways on of a scene; the one of a reaction; none of an ending."""
    value = block["value"]
    if block["type"] == REACTION:
        onwards = value.get("onwards")
        return [onwards] if onwards else []
    return list(items(value.get("choices")))
