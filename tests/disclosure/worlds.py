"""Organisations that never were: stories, and people who join, play, stop and agree too much."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from leer.disclosure.figures import Figures, next_figures, secret_patience
from leer.disclosure.tables import PEOPLE, Balance, Table

type Way = tuple[str, ...]  # the cells that one person is in, the people first


@dataclass(frozen=True)
class Scene:
    """A place in a story: the scenes that its choices lead to (``None``: an ending)."""

    choices: tuple[int | None, ...]


def story(dice: random.Random, scenes: int) -> list[Scene]:
    """Every scene leads to later ones; each but the first can be reached."""
    ways: list[list[int | None]] = [[] for _ in range(scenes)]
    for target in range(1, scenes):
        ways[dice.randrange(target)].append(target)
    for number, way in enumerate(ways):
        later = [None, *range(number + 1, scenes)]
        while len(way) < dice.randint(2, 4):
            way.append(dice.choice(later))
    return [Scene(tuple(way)) for way in ways]


def table_of(scenes: list[Scene]) -> Table:
    """The balances of that story: at every scene the choices, and who stopped there."""
    into: dict[int, list[str]] = {0: [PEOPLE]}
    balances = []
    for number, scene in enumerate(scenes):
        parts = [f"{number}.{place}" for place in range(len(scene.choices))]
        for part, target in zip(parts, scene.choices, strict=True):
            if target is not None:
                into.setdefault(target, []).append(part)
        balances.append(Balance(tuple(into[number]), (*parts, f"{number}.stop")))
    return Table(tuple(balances))


class Organisation:
    """People who play one story, month by month."""

    def __init__(self, seed: int, *, scenes: int, months: int, k: int) -> None:
        self.k, self.dice = k, random.Random(seed)
        self.scenes = story(self.dice, scenes)
        self.table = table_of(self.scenes)
        self._months = months
        self._taste = [self._skewed(len(scene.choices) + 1) for scene in self.scenes]
        self._patience = secret_patience(f"geheim {seed}", "verhaal", k)

    def releases(self) -> Iterator[tuple[Figures, Counter[str]]]:
        """What is shown after each month in which enough people came, and the truth."""
        counts: Counter[str] = Counter()
        waiting: list[Way] = []
        shown: Figures = {}
        for _ in range(self._months):
            waiting += self._month()
            if len(waiting) < self.k:
                continue
            counts.update(cell for way in waiting for cell in way)
            waiting = []
            self.table.check(counts)
            shown = next_figures(self.table, counts, k=self.k, shown=shown, patience=self._patience)
            yield shown, Counter(counts)

    def _month(self) -> list[Way]:
        """A few people, or a team that goes the same way, or a wave."""
        kind = self.dice.random()
        if kind < 0.25:
            return [self.way()] * self.dice.randint(1, 2 * self.k)
        most = self.k if kind < 0.7 else 8 * self.k
        return [self.way() for _ in range(self.dice.randint(0, most))]

    def way(self) -> Way:
        """One person's way: until an ending, or until she stops."""
        cells, here = [PEOPLE], 0
        while True:
            scene = self.scenes[here]
            weights = self._taste[here]
            place = self.dice.choices(range(len(weights)), weights)[0]
            if place == len(scene.choices):
                return (*cells, f"{here}.stop")
            cells.append(f"{here}.{place}")
            target = scene.choices[place]
            if target is None:
                return tuple(cells)
            here = target

    def _skewed(self, options: int) -> list[float]:
        """Some scenes split evenly; at others nearly everybody does the same, or all do."""
        power = self.dice.choice([0.5, 1, 4, 40])
        return [self.dice.random() ** power + 1e-12 for _ in range(options)]
