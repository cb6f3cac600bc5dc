"""A place in a picture, in its own pixels. Plain Python."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What may be recognised there."""

    FACE = "face"
    TEXT = "text"
    OTHER = "other"


# Of its smaller side. A face is known by its hair and chin too, and a plate by what is beside it.
MARGINS = {Kind.FACE: 0.4, Kind.TEXT: 0.2, Kind.OTHER: 0.0}


@dataclass(frozen=True)
class Box:
    """A rectangle; ``kind`` says what was found there."""

    kind: str
    left: int
    top: int
    width: int
    height: int

    @property
    def edges(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom, as Pillow wants them."""
        return (self.left, self.top, self.left + self.width, self.top + self.height)

    def grown(self, size: tuple[int, int]) -> "Box":
        """With a margin around it, within a picture of this size."""
        margin = round(MARGINS[Kind(self.kind)] * min(self.width, self.height))
        return Box(
            self.kind,
            self.left - margin,
            self.top - margin,
            self.width + 2 * margin,
            self.height + 2 * margin,
        ).within(size)

    def within(self, size: tuple[int, int]) -> "Box":
        """The part of it that lies in a picture of this size."""
        left, top, right, bottom = self.edges
        left, right = (min(max(at, 0), size[0]) for at in (left, right))
        top, bottom = (min(max(at, 0), size[1]) for at in (top, bottom))
        return Box(self.kind, left, top, right - left, bottom - top)

    def as_data(self) -> list[Any]:
        """As it is kept in a row."""
        return [str(self.kind), self.left, self.top, self.width, self.height]
