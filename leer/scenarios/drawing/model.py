# SPDX-License-Identifier: EUPL-1.2
"""What there is to draw."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Box:
    """One box. ``kind`` gives its shape, mark and colour (``shapes.KINDS``); an unknown kind is
    drawn plain. ``note`` is a smaller line under the label. With a ``href`` the box is a link.
    """

    key: str
    label: str
    kind: str = "scene"
    href: str = ""
    note: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow between two boxes. ``weight`` from 0 to 1 is its thickness; as long as every
    arrow weighs 1, all are drawn as thin lines.
    """

    source: str
    target: str
    label: str = ""
    weight: float = 1.0
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes and arrows, told in one sentence by ``title`` and ``description``.

    The first box is where the reader begins: it is drawn first, and arrows back to it are drawn
    as going back. Raises ``ValueError`` for two boxes with one key and for an arrow from or to a
    box that isn't there.
    """

    title: str
    description: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    direction: Literal["down", "right"] = "down"

    def __post_init__(self) -> None:
        keys = {box.key for box in self.boxes}
        if len(keys) < len(self.boxes):
            raise ValueError("two boxes have the same key")
        for arrow in self.arrows:
            if not keys.issuperset({arrow.source, arrow.target}):
                raise ValueError(f"no box for the arrow {arrow.source!r} -> {arrow.target!r}")
