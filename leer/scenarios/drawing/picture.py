# SPDX-License-Identifier: EUPL-1.2
"""The picture itself: a lay-out as SVG.

In a page the picture has classes only, and ``leer/static/leer/css/graph.css`` gives the colours
(also for the dark). As a file it carries ``STYLE`` and a light ground. Without links it is one
image with a title and a description; with links it is a group, because nothing inside an image
can be reached by keyboard or screen reader (WAI-ARIA, "children presentational").
"""

from collections.abc import Iterator
from math import hypot
from xml.sax.saxutils import escape as escaped
from xml.sax.saxutils import quoteattr

from leer.scenarios.drawing.layout import Label, Layout, Placed, Point, Route, lay_out
from leer.scenarios.drawing.lettering import clean
from leer.scenarios.drawing.model import Box, Diagram
from leer.scenarios.drawing.shapes import (
    KINDS,
    LABEL_LINE,
    LABEL_SIZE,
    MARK_ROOM,
    NOTE_LINE,
    NOTE_SIZE,
    PADDING,
    Lettered,
)

ROUND = 18
HEAD = 9.0
"""How long the head of a thin arrow is."""

COLOURS = {
    "start": ("#e7eff7", "#17497a"),
    "scene": ("#e7eff7", "#17497a"),
    "reactie": ("#fff", "#6e7783"),
    "veilig": ("#e5f3ea", "#1b673c"),
    "leermoment": ("#fcf1d6", "#7a4f00"),
    "schade": ("#fbeae9", "#a32929"),
    "onbekend": ("#fff", "#a32929"),
}
"""Ground and line of each kind in a file; the light tokens of ``tokens.css``."""

STYLE = (
    "text{fill:#1c2530;font-family:'Noto Sans','Liberation Sans','Segoe UI',sans-serif}"
    ".graph__ground{fill:#f7f5f1}"
    ".graph__shape{fill:#fff;stroke:#6e7783;stroke-width:1.5}"
    ".graph__note{fill:#4c5765}"
    ".graph__words{paint-order:stroke;stroke:#f7f5f1;stroke-width:5}"
    ".graph__ring{fill:none;stroke:#94431a;stroke-width:3}"
    ".graph__line{fill:none;stroke:#6e7783}"
    ".graph__head{fill:#6e7783}"
    ".graph__arrow--marked .graph__line{stroke:#94431a}"
    ".graph__arrow--marked .graph__head{fill:#94431a}"
    ".graph__figure{fill:none;stroke:#fff;stroke-width:2}"
) + "".join(
    f".graph__box--{kind} .graph__shape{{fill:{ground};stroke:{line}}}"
    f".graph__box--{kind} .graph__outline{{fill:{line}}}"
    for kind, (ground, line) in COLOURS.items()
)


def svg(diagram: Diagram, *, standalone: bool = False, id_prefix: str = "g") -> str:
    """Return the drawing as one ``<svg>`` element, or as a file with colours of its own."""
    layout = lay_out(diagram)
    return "".join(
        [
            _opening(diagram, layout, id_prefix, standalone=standalone),
            *(_ground(layout) if standalone else ()),
            *map(_arrow, layout.routes),
            *map(_box, layout.boxes),
            *(_words(route.label) for route in layout.routes if route.label),
            "</svg>\n" if standalone else "</svg>",
        ]
    )


def _opening(diagram: Diagram, layout: Layout, prefix: str, *, standalone: bool) -> str:
    role = "group" if any(box.href for box in diagram.boxes) else "img"
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n' if standalone else ""
    title, description = quoteattr(f"{prefix}-title"), quoteattr(f"{prefix}-desc")
    both = quoteattr(f"{prefix}-title {prefix}-desc")
    return (
        f'{declaration}<svg xmlns="http://www.w3.org/2000/svg" class="graph" role="{role}" '
        f'aria-labelledby={both} width="{layout.width}" height="{layout.height}" '
        f'viewBox="0 0 {layout.width} {layout.height}">'
        f"<title id={title}>{_text(diagram.title)}</title>"
        f"<desc id={description}>{_text(diagram.description)}</desc>"
    )


def _ground(layout: Layout) -> Iterator[str]:
    yield f"<style>{STYLE}</style>"
    yield f'<rect class="graph__ground" width="{layout.width}" height="{layout.height}"/>'


def _arrow(route: Route) -> str:
    names = ["graph__arrow"]
    names += ["graph__arrow--marked"] if route.arrow.marked else []
    names += ["graph__arrow--back"] if route.back else []
    tip, stem = _head(route)
    dashed = ' stroke-dasharray="7 4"' if route.back else ""
    return (
        f'<g class="{" ".join(names)}"><path class="graph__line" d="{_path(route, stem)}" '
        f'stroke-width="{route.thickness:.1f}"{dashed}/>'
        f'<path class="graph__head" d="{tip}"/></g>'
    )


def _path(route: Route, stem: Point) -> str:
    parts = [f"M{_point(route.segments[0][0])}"]
    for segment in (*route.segments[:-1], (*route.segments[-1][:-1], stem)):
        letter = "L" if len(segment) == 2 else "C"
        parts.append(letter + " ".join(map(_point, segment[1:])))
    return "".join(parts)


def _head(route: Route) -> tuple[str, Point]:
    """Return the triangle at the end of an arrow, and where the line stops under it."""
    *_, before, end = route.segments[-1]
    across, along = end[0] - before[0], end[1] - before[1]
    length = hypot(across, along) or 1.0
    unit = (across / length, along / length)
    size = HEAD + route.thickness * 0.6
    half = size * 0.36 + route.thickness * 0.35
    foot = (end[0] - unit[0] * size, end[1] - unit[1] * size)
    left = (foot[0] - unit[1] * half, foot[1] + unit[0] * half)
    right = (foot[0] + unit[1] * half, foot[1] - unit[0] * half)
    return f"M{_point(end)}L{_point(left)} {_point(right)}z", foot


def _box(placed: Placed) -> str:
    box = placed.lettered.box
    names = ["graph__box", f"graph__box--{box.kind if box.kind in KINDS else 'scene'}"]
    names += ["graph__box--marked"] if box.marked else []
    drawn = (
        f'<g class="{" ".join(names)}"><title>{_text(_told(box))}</title>'
        f"{_shape(placed)}{_mark(placed)}{_lines(placed)}</g>"
    )
    return f"<a href={quoteattr(clean(box.href))}>{drawn}</a>" if box.href else drawn


def _told(box: Box) -> str:
    return f"{box.label} ({box.note})" if box.note else box.label


def _shape(placed: Placed) -> str:
    lettered = placed.lettered
    radius = ROUND if lettered.look.radius is None else lettered.look.radius
    dashed = ' stroke-dasharray="5 3"' if lettered.look.dashed else ""
    shape = _rectangle(placed, "graph__shape", 0, radius, dashed)
    ring = _rectangle(placed, "graph__ring", 4, radius + 4) if lettered.box.marked else ""
    return ring + shape


def _rectangle(placed: Placed, name: str, grown: int, radius: int, more: str = "") -> str:
    left, top = _corner(placed)
    return (
        f'<rect class="{name}" x="{left - grown:.1f}" y="{top - grown:.1f}" '
        f'width="{placed.lettered.width + 2 * grown}" '
        f'height="{placed.lettered.height + 2 * grown}" rx="{radius}"{more}/>'
    )


def _corner(placed: Placed) -> Point:
    return placed.x - placed.lettered.width / 2, placed.y - placed.lettered.height / 2


def _mark(placed: Placed) -> str:
    look = placed.lettered.look
    if not look.outline:
        return ""
    left, _ = _corner(placed)
    return (
        f'<g transform="translate({left + PADDING - 1:.1f} {placed.y - 10:.1f})">'
        f'<path class="graph__outline" d="{look.outline}"/>'
        f'<path class="graph__figure" d="{look.figure}"/></g>'
    )


def _lines(placed: Placed) -> str:
    lettered = placed.lettered
    middle = placed.x + (MARK_ROOM / 2 if lettered.look.outline else 0)
    top = placed.y - _words_height(lettered) / 2
    below = top + len(lettered.label) * LABEL_LINE
    label = _tspans(lettered.label, middle, top + LABEL_SIZE, LABEL_LINE)
    note = _tspans(lettered.note, middle, below + NOTE_SIZE, NOTE_LINE)
    return "".join(
        f'<text class="{name}" text-anchor="middle" font-size="{size:g}">{spans}</text>'
        for name, size, spans in (
            ("graph__label", LABEL_SIZE, label),
            ("graph__note", NOTE_SIZE, note),
        )
        if spans
    )


def _words_height(lettered: Lettered) -> int:
    return len(lettered.label) * LABEL_LINE + len(lettered.note) * NOTE_LINE


def _tspans(lines: tuple[str, ...], middle: float, first: float, step: int) -> str:
    """Each line ends with a space, so that lines are not read or copied as one word."""
    return " ".join(
        f'<tspan x="{middle:.1f}" y="{first + place * step:.1f}">{_text(line)}</tspan>'
        for place, line in enumerate(lines)
    )


def _words(label: Label) -> str:
    top = label.y - len(label.lines) * NOTE_LINE / 2 + NOTE_SIZE
    spans = _tspans(label.lines, label.x, top, NOTE_LINE)
    return (
        f'<text class="graph__words" text-anchor="middle" font-size="{NOTE_SIZE:g}">{spans}</text>'
    )


def _point(point: Point) -> str:
    return f"{point[0]:g} {point[1]:g}"


def _text(text: str) -> str:
    return escaped(clean(text))
