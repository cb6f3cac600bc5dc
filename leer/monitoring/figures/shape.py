"""A story as a table of counts: which cells a walk through it is in.

Counted is where somebody decides. A passage with one way on is no decision: whoever comes in
there counts as having come to the next scene, or ending. A way back to an earlier scene is
counted, but what comes after it is not: so everybody is at a scene at most once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from leer.disclosure.api import PEOPLE, Balance, Table
from leer.scenarios.api import engine, graph_of


def way(scene: str, target: str) -> str:
    """The cell of who chose this."""
    return f"weg:{scene}>{target}"


def stop(scene: str) -> str:
    """The cell of who stopped here."""
    return f"stop:{scene}"


def begin(scene: str) -> str:
    """The cell of who began again here."""
    return f"begin:{scene}"


@dataclass(frozen=True)
class Shape:
    """The scenes in which somebody decides, in an order in which every way on comes later.

    ``ways_in`` are the cells that lead to a scene or ending; ``landing`` is where a passage
    leads to by itself.
    """

    story: engine.Scenario
    scenes: tuple[str, ...]
    landing: Mapping[str, str]
    ways_in: Mapping[str, tuple[str, ...]]

    @property
    def start(self) -> str:
        """The first scene in which somebody decides."""
        return self.landing[self.story.start]

    def parts(self, scene: str) -> tuple[str, ...]:
        """Its choices, and stopping."""
        choices = self.story.passages[scene].choices
        return (*(way(scene, choice.target) for choice in choices), stop(scene))

    def whole(self, scene: str, *, again: bool) -> tuple[str, ...]:
        """The ways into it."""
        ways = self.ways_in.get(scene, ())
        if again:
            return (begin(scene), *ways)
        return (PEOPLE,) if scene == self.start else ways

    def table(self, *, again: bool) -> Table:
        """How the cells hang together; ``again``: one may begin at any scene."""
        beginnings = Balance((PEOPLE,), tuple(map(begin, self.scenes)))
        scenes = [Balance(self.whole(s, again=again), self.parts(s)) for s in self.scenes]
        return Table((beginnings, *scenes) if again else tuple(scenes))

    def endings(self) -> Iterator[engine.Passage]:
        """The endings that somebody can come to."""
        for passage in engine.reading_order(self.story):
            if passage.outcome and passage.name in self.ways_in:
                yield passage

    def walk(
        self, steps: Iterable[Mapping[str, str]], *, ended: bool, begins_at: str = ""
    ) -> tuple[str, ...] | None:
        """The cells that this walk is in; ``None`` when it is no walk through this story.

        An attempt that came to an end without the steps to it has been forgotten in part.
        """
        here = self.landing.get(begins_at) if begins_at else self.start
        if here not in self.scenes:
            return None
        cells = [PEOPLE, begin(here)] if begins_at else [PEOPLE]
        for step in steps:
            scene, target = step["scene"], step["target"]
            if scene != here:
                if self.landing.get(scene) == here:
                    continue
                return None
            cells.append(way(scene, target))
            here = self.landing.get(target)
            if here is None:
                return None
            if cells[-1] not in self.ways_in.get(here, ()):
                return tuple(cells)
        if here not in self.scenes:
            return tuple(cells)
        return None if ended else (*cells, stop(here))


@lru_cache(maxsize=64)
def shape_of(version: str) -> Shape:
    """The shape of this version of a scenario."""
    return shape(graph_of(version))


def shape(story: engine.Scenario) -> Shape:
    """Find the decisions, and the ways that do not lead back."""
    landing = {name: _landing(story, name) for name in story.passages}
    order: list[str] = []
    forward: dict[str, list[str]] = {}
    _visit(story, landing, landing[story.start], set(), order, forward)
    scenes = tuple(name for name in reversed(order) if story.passages[name].choices)
    ways_in: dict[str, tuple[str, ...]] = {}
    for scene in scenes:
        for target in forward[scene]:
            found = landing[target]
            ways_in[found] = (*ways_in.get(found, ()), way(scene, target))
    return Shape(story, scenes, landing, ways_in)


def _landing(story: engine.Scenario, name: str) -> str:
    """Where somebody who comes here decides, or ends."""
    seen = {name}
    while len(story.passages[name].choices) == 1:
        name = story.passages[name].choices[0].target
        if name in seen:
            break
        seen.add(name)
    return name


def _visit(
    story: engine.Scenario,
    landing: Mapping[str, str],
    scene: str,
    under_way: set[str],
    order: list[str],
    forward: dict[str, list[str]],
) -> None:
    """Depth first: a way to a scene that is still under way leads back."""
    under_way.add(scene)
    ways: list[str] = []
    forward[scene] = ways
    for choice in story.passages[scene].choices:
        target = landing[choice.target]
        if target in under_way:
            continue
        ways.append(choice.target)
        if target not in forward:
            _visit(story, landing, target, under_way, order, forward)
    under_way.discard(scene)
    order.append(scene)
