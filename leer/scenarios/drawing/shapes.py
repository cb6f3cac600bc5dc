# SPDX-License-Identifier: EUPL-1.2
"""What a box looks like: its size and the lines in it, by what kind of box it is.

Kinds differ in outline and in mark, so that nobody needs the colours. The marks of the three
endings are those of the pages (``leer/static/leer/img/einde-*.svg``).
"""

from dataclasses import dataclass

from leer.scenarios.drawing.lettering import wrap
from leer.scenarios.drawing.model import Box

WIDTH = 172
PADDING = 10
MARK_ROOM = 26
LABEL_SIZE, LABEL_LINE, MOST_LABEL_LINES = 13.0, 17, 5
NOTE_SIZE, NOTE_LINE, MOST_NOTE_LINES = 11.0, 14, 3


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind is drawn: the radius of its corners (None for round ends), and its mark, an
    outline and a figure in a field of 20 by 20.
    """

    radius: int | None = 6
    outline: str = ""
    figure: str = ""
    dashed: bool = False


CIRCLE = "M10 0a10 10 0 1 1 0 20a10 10 0 1 1 0-20z"
SQUARE = "M4 0h12a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z"
DIAMOND = "M10 0 20 10 10 20 0 10z"

KINDS = {
    "start": Look(outline=CIRCLE, figure="M8 6l5 4-5 4z"),
    "scene": Look(),
    "reactie": Look(radius=None),
    "veilig": Look(radius=0, outline=CIRCLE, figure="M5.5 10.5l3 3 6-7"),
    "leermoment": Look(radius=0, outline=SQUARE, figure="M8 13c-4-3-3-9 2-9s6 6 2 9zM8 16h4"),
    "schade": Look(radius=0, outline=DIAMOND, figure="M11 5l-3 4 4 2-3 4"),
    "einde": Look(radius=0),  # a draft's, of which nobody said yet how it ends
    "onbekend": Look(
        dashed=True, outline=CIRCLE, figure="M7 7.5c0-4 6-4 6-.5 0 2-3 2-3 4.5M10 15v.1"
    ),
}
PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Lettered:
    """A box with its words in lines, and how large it must be for them."""

    box: Box
    look: Look
    label: tuple[str, ...]
    note: tuple[str, ...]
    width: int
    height: int


def lettered(box: Box) -> Lettered:
    """Break the words of a box into lines and measure it."""
    look = KINDS.get(box.kind, PLAIN)
    room = WIDTH - 2 * PADDING - (MARK_ROOM if look.outline else 0)
    label = wrap(box.label, LABEL_SIZE, room, MOST_LABEL_LINES)
    note = wrap(box.note, NOTE_SIZE, room, MOST_NOTE_LINES)
    height = len(label) * LABEL_LINE + len(note) * NOTE_LINE + 2 * PADDING
    return Lettered(box, look, tuple(label), tuple(note), WIDTH, max(height, 40))
