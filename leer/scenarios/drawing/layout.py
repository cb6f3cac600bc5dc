# SPDX-License-Identifier: EUPL-1.2
"""Where everything stands: the places of boxes and labels, and the way of every arrow.

The lay-out knows two directions: *along* the story (down, or to the right) and *across* it. A
layer is a band across; arrows go straight through a band, in room of their own, and bend only
between two bands, where no box is. So no arrow runs through a box.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from leer.scenarios.drawing.crossings import uncross
from leer.scenarios.drawing.lettering import width, wrap
from leer.scenarios.drawing.model import Arrow, Diagram
from leer.scenarios.drawing.places import settle, straighten
from leer.scenarios.drawing.ranks import rank
from leer.scenarios.drawing.shapes import NOTE_LINE, NOTE_SIZE, Lettered, lettered

MARGIN = 16
GAP_ACROSS = 24
BEND_ROOM = 14
LEAST_GAP, MOST_GAP = 38.0, 110.0
GAP_PER_SHIFT = 0.16
PORT_GAP = 30.0
MOST_SLIDE = 30.0
LOOP_ROOM = 26.0
LABEL_ROOM, MOST_LABEL_LINES = 130.0, 3

type Point = tuple[float, float]
type Port = tuple[int, int]
"""The number of an arrow, and which end of its chain: 0 the first, -1 the last."""

type Segment = tuple[Point, ...]
"""Two points for a straight line, four for a Bézier curve."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box and the middle of it."""

    lettered: Lettered
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Label:
    """The words of an arrow, in lines, and the middle of them."""

    lines: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Route:
    """The way of an arrow in its own direction. ``back`` says that it closes a circle."""

    arrow: Arrow
    thickness: float
    segments: tuple[Segment, ...]
    label: Label | None
    back: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing with every place known."""

    width: int
    height: int
    boxes: tuple[Placed, ...]
    routes: tuple[Route, ...]


def thickness_of(diagram: Diagram) -> list[float]:
    """Return how thick each arrow is drawn: thin lines, unless weights were given."""
    if all(arrow.weight == 1 for arrow in diagram.arrows):
        return [3.0 if arrow.marked else 1.5 for arrow in diagram.arrows]
    return [1 + 9 * min(max(arrow.weight, 0.0), 1.0) for arrow in diagram.arrows]


def lay_out(diagram: Diagram) -> Layout:
    """Return where to draw everything. The same diagram always gives the same lay-out."""
    return _Layouter(diagram).layout()


class _Layouter:
    """Keeps what the steps hand to each other; across and along until the very end."""

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self.down = diagram.direction == "down"
        self.boxes = [lettered(box) for box in diagram.boxes]
        self.labels = [
            wrap(arrow.label, NOTE_SIZE, LABEL_ROOM, MOST_LABEL_LINES) for arrow in diagram.arrows
        ]
        self.thickness = thickness_of(diagram)
        numbers = {box.key: number for number, box in enumerate(diagram.boxes)}
        self.pairs = [(numbers[a.source], numbers[a.target]) for a in diagram.arrows]
        self.ranks = rank(len(self.boxes), self.pairs, stride=2 if any(self.labels) else 1)
        self.label_node = self._label_nodes()
        self.sizes = self._sizes()
        self.layers = uncross(self.ranks)
        breadths = self._breadths()
        self.across = settle(self.ranks, self.layers, breadths)
        straighten(self.ranks, self.layers, breadths, self.across)
        self.bands = self._bands()

    def layout(self) -> Layout:
        ports = self._ports()
        routes = [self._route(number, ports) for number in range(len(self.pairs))]
        boxes = [self._placed(number) for number in range(len(self.boxes))]
        return _framed(boxes, routes)

    def _label_nodes(self) -> dict[int, int]:
        """Return which bend of each labelled arrow holds its words: the one near its source."""
        return {
            chain[-2 if number in self.ranks.turned else 1]: number
            for number, chain in enumerate(self.ranks.chains)
            if self.labels[number] and chain
        }

    def _sizes(self) -> list[Point]:
        """Return for each node its size across and along."""
        sizes: list[Point] = [(box.width, box.height) for box in self.boxes]
        for chain_node in range(len(self.boxes), len(self.ranks.layer_of)):
            number = self.label_node.get(chain_node)
            sizes.append((0, 0) if number is None else _label_size(self.labels[number]))
        return [(w, h) if self.down else (h, w) for w, h in sizes]

    def _breadths(self) -> list[float]:
        """Return the room that each node takes across."""
        loops = self._loops()
        thick = self._thickness_of_bends()
        breadths = []
        for node, (across, _) in enumerate(self.sizes):
            if node < len(self.boxes):
                extra = max((place for _, place in loops.get(node, [])), default=0.0)
                breadths.append(across + GAP_ACROSS + 2 * extra)
            else:
                breadths.append(across + BEND_ROOM + thick[node])
        return breadths

    def _thickness_of_bends(self) -> dict[int, float]:
        return {
            node: self.thickness[number]
            for number, chain in enumerate(self.ranks.chains)
            for node in chain[1:-1]
        }

    def _loops(self) -> dict[int, list[tuple[int, float]]]:
        """Return the self-loops of each box, and how far each reaches beside the box."""
        loops: dict[int, list[tuple[int, float]]] = {}
        for number, (source, target) in enumerate(self.pairs):
            if source == target:
                own = loops.setdefault(source, [])
                before = own[-1][1] if own else 0.0
                words = _label_size(self.labels[number])[0 if self.down else 1]
                own.append((number, before + LOOP_ROOM + words))
        return loops

    def _bands(self) -> list[Point]:
        """Return where each layer begins and ends along the story."""
        bands: list[Point] = []
        end = 0.0
        for place, layer in enumerate(self.layers):
            begin = end + (self._gap(place) if place else 0)
            end = begin + max((self.sizes[node][1] for node in layer), default=0)
            bands.append((begin, end))
        return bands

    def _gap(self, place: int) -> float:
        """Return the room before a layer: more where an arrow has far to go across."""
        shifts = [
            abs(self.across[upper] - self.across[lower])
            for upper, lower in self.ranks.links()
            if self.ranks.layer_of[lower] == place
        ]
        share = 0.6 if any(self.labels) else 1.0
        return share * min(max(LEAST_GAP, GAP_PER_SHIFT * max(shifts, default=0)), MOST_GAP)

    def _ports(self) -> dict[Port, float]:
        """Return where across each arrow leaves or enters a box."""
        sides: dict[tuple[int, int], list[tuple[float, int]]] = {}
        for number, chain in enumerate(self.ranks.chains):
            if chain:
                sides.setdefault((chain[0], 0), []).append((self.across[chain[1]], number))
                sides.setdefault((chain[-1], -1), []).append((self.across[chain[-2]], number))
        ports = {}
        for (node, end), arrows in sides.items():
            gap = min(PORT_GAP, 0.84 * self.sizes[node][0] / len(arrows))
            for place, (_, number) in enumerate(sorted(arrows)):
                offset = (place - (len(arrows) - 1) / 2) * gap
                ports[number, end] = self.across[node] + offset
        alone = {(arrows[0][1], end) for (_, end), arrows in sides.items() if len(arrows) == 1}
        self._slide(ports, alone)
        return ports

    def _slide(self, ports: dict[Port, float], alone: Container[Port]) -> None:
        """Let an arrow that is alone on its side go straight on, if that is only a little aside."""
        for number, chain in enumerate(self.ranks.chains):
            for end, near in ((0, 1), (-1, -2))[: 2 * len(chain)]:
                other = (number, -1 - end)
                lane = ports[other] if len(chain) == 2 else self.across[chain[near]]
                most = min(MOST_SLIDE, self.sizes[chain[end]][0] / 2 - 12)
                if (number, end) in alone and abs(lane - ports[number, end]) <= most:
                    ports[number, end] = lane

    def _band(self, node: int) -> Point:
        return self.bands[self.ranks.layer_of[node]]

    def _middle(self, node: int) -> float:
        begin, end = self._band(node)
        return (begin + end) / 2

    def _route(self, number: int, ports: dict[Port, float]) -> Route:
        chain = self.ranks.chains[number]
        back = number in self.ranks.turned
        segments = self._chain_segments(number, ports) if chain else self._loop_segments(number)
        if back:
            segments = [tuple(reversed(segment)) for segment in reversed(segments)]
        return Route(
            arrow=self.diagram.arrows[number],
            thickness=self.thickness[number],
            segments=tuple(tuple(map(self._xy, segment)) for segment in segments),
            label=self._label(number),
            back=back,
        )

    def _chain_segments(self, number: int, ports: dict[Port, float]) -> list[Segment]:
        """Straight through each band, curved between two."""
        chain = self.ranks.chains[number]
        lane, end = ports[number, 0], ports[number, -1]
        edge = self._middle(chain[0]) + self.sizes[chain[0]][1] / 2
        leave = self._band(chain[0])[1]
        segments: list[Segment] = [((lane, edge), (lane, leave))]
        for node in self._passed(chain):
            next_lane = end if node == chain[-1] else self.across[node]
            enter, after = self._band(node)
            segments.append(_curve((lane, leave), (next_lane, enter)))
            segments.append(((next_lane, enter), (next_lane, after)))
            lane, leave = next_lane, after
        last = self._middle(chain[-1]) - self.sizes[chain[-1]][1] / 2
        segments[-1] = ((end, self._band(chain[-1])[0]), (end, last))
        return _joined(segments)

    def _passed(self, chain: Sequence[int]) -> list[int]:
        """Return the nodes of an arrow after the first, without bends in a layer with no height."""
        return [node for node in chain[1:] if self._band(node)[0] < self._band(node)[1]]

    def _loop_segments(self, number: int) -> list[Segment]:
        node = self.pairs[number][0]
        side = self.across[node] + self.sizes[node][0] / 2
        reach = self._loop_reach(number) - 4
        middle, half = self._middle(node), self.sizes[node][1] / 2
        spread = half * 0.6
        return [
            (
                (side, middle - spread),
                (side + reach, middle - spread),
                (side + reach, middle + spread),
                (side, middle + spread),
            )
        ]

    def _loop_reach(self, number: int) -> float:
        words = _label_size(self.labels[number])[0 if self.down else 1]
        own = self._loops()[self.pairs[number][0]]
        return dict(own)[number] - words

    def _label(self, number: int) -> Label | None:
        lines = tuple(self.labels[number])
        if not lines:
            return None
        chain = self.ranks.chains[number]
        if chain:
            node = chain[-2 if number in self.ranks.turned else 1]
            return Label(lines, *self._xy((self.across[node], self._middle(node))))
        node = self.pairs[number][0]
        words = _label_size(lines)[0 if self.down else 1]
        place = self.across[node] + self.sizes[node][0] / 2 + self._loop_reach(number) + words / 2
        return Label(lines, *self._xy((place, self._middle(node))))

    def _placed(self, number: int) -> Placed:
        x, y = self._xy((self.across[number], self._middle(number)))
        return Placed(self.boxes[number], x, y)

    def _xy(self, point: Point) -> Point:
        return point if self.down else (point[1], point[0])


def _label_size(lines: Sequence[str]) -> Point:
    if not lines:
        return (0.0, 0.0)
    return max(width(line, NOTE_SIZE) for line in lines) + 8, len(lines) * NOTE_LINE + 6


def _curve(begin: Point, end: Point) -> Segment:
    if begin[0] == end[0]:
        return begin, end
    halfway = (begin[1] + end[1]) / 2
    return begin, (begin[0], halfway), (end[0], halfway), end


def _joined(segments: Sequence[Segment]) -> list[Segment]:
    """Leave out lines without length, and draw lines that go on straight as one."""
    joined: list[Segment] = []
    for segment in segments:
        if segment[0] == segment[-1]:
            continue
        if joined and len(segment) == len(joined[-1]) == 2:
            joined[-1] = (joined[-1][0], segment[1])
        else:
            joined.append(segment)
    return joined


def _framed(boxes: Sequence[Placed], routes: Sequence[Route]) -> Layout:
    """Shift everything so that it begins at the margin, and measure the whole."""
    corners = list(_corners(boxes, routes)) or [(0.0, 0.0)]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    right, bottom = max(x for x, _ in corners), max(y for _, y in corners)
    shift = (MARGIN - left, MARGIN - top)
    return Layout(
        width=round(right - left) + 2 * MARGIN,
        height=round(bottom - top) + 2 * MARGIN,
        boxes=tuple(_shifted_box(placed, shift) for placed in boxes),
        routes=tuple(_shifted_route(route, shift) for route in routes),
    )


def _corners(boxes: Sequence[Placed], routes: Sequence[Route]) -> Iterator[Point]:
    for placed in boxes:
        across, along = placed.lettered.width / 2, placed.lettered.height / 2
        yield placed.x - across, placed.y - along
        yield placed.x + across, placed.y + along
    for route in routes:
        for segment in route.segments:
            yield from segment
        if route.label:
            across, along = _label_size(route.label.lines)
            yield route.label.x - across / 2, route.label.y - along / 2
            yield route.label.x + across / 2, route.label.y + along / 2


def _shifted(point: Point, shift: Point) -> Point:
    return round(point[0] + shift[0], 1), round(point[1] + shift[1], 1)


def _shifted_box(placed: Placed, shift: Point) -> Placed:
    return Placed(placed.lettered, *_shifted((placed.x, placed.y), shift))


def _shifted_route(route: Route, shift: Point) -> Route:
    label = route.label and Label(
        route.label.lines, *_shifted((route.label.x, route.label.y), shift)
    )
    segments = tuple(
        tuple(_shifted(point, shift) for point in segment) for segment in route.segments
    )
    return Route(route.arrow, route.thickness, segments, label, route.back)
