"""What an attacker works out from the figures that were shown: subtraction, and linear programming.

The figures are read from the files and pages as they came. Known besides, exactly and of
everybody: who is counted in a table, and since which release. (A manager knows it of one team
only.) Unknown is what each of them chose.

People who came in at the same release are the same to the equations, so their choices are
unknown together, but for the few who are attacked: what can these have chosen at least, and at
most? Of fewer than *k* people it must be anything, from nobody to all of them.
"""

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

from leer.disclosure.tables import PEOPLE, Table
from leer.monitoring.figures import items
from leer.monitoring.figures.shape import Shape, stop, way
from leer.questions.api import FrozenQuestion
from tests.attacker.world import Person

type Figures = dict[str, int]

AT_LEAST = re.compile(r'figures__people">(\d+)<')
ROW = re.compile(r'<th scope="row">(.*?)</th><td class="figures__number">(.*?)</td>', re.DOTALL)
ANSWERED = re.compile(r"Minstens (\d+) mensen gaven antwoord")


# Reading ------------------------------------------------------------------------------------------
def read_story(shape: Shape, file: str) -> tuple[Figures, Figures]:
    """The figures of first and of second attempts, from the file of a story."""
    names = {
        (passage.place or scene, choice.text): way(scene, choice.target)
        for scene in shape.scenes
        for passage in [shape.story.passages[scene]]
        for choice in passage.choices
    }
    names |= {
        (shape.story.passages[scene].place or scene, "stopte hier"): stop(scene)
        for scene in shape.scenes
    }
    names["", "mensen"] = PEOPLE
    first: Figures = {}
    again: Figures = {}
    text = file[file.index("\n") + 1 :].lstrip("\ufeff")
    for place, label, *figures in csv.reader(io.StringIO(text), delimiter=";"):
        cell = names.get((place, label))
        for figure, told in zip(figures, (first, again), strict=True):
            if cell and figure.isdecimal():
                told[cell] = int(figure)
    return first, again


def read_question(question: FrozenQuestion, page: str) -> Figures:
    """The figures of a question, from its page."""
    people = ANSWERED.search(page)
    if not people:
        return {}
    told = {PEOPLE: int(people[1])}
    names = {"In één keer goed": items.RIGHT, "Niet of niet helemaal goed": items.REST}
    names |= {option.text: items.chose(option.key) for option in question.options}
    for label, value in ROW.findall(page):
        words = re.sub(r"<[^>]+>", "", label).replace("(een goed antwoord)", "").strip()
        figure = AT_LEAST.search(value)
        if figure:
            told[names[words]] = int(figure[1])
    return told


# Subtracting --------------------------------------------------------------------------------------
def subtracted(table: Table, told: Sequence[Figures], people: Sequence[int]) -> Iterator[int]:
    """Every difference that there is to make: of a cell between two moments, and of what is
    known or shown of a whole with its parts.
    """
    for before, after in pairwise(told):
        yield from (after[cell] - before.get(cell, 0) for cell in after)
    for figures, exact in zip(told, people, strict=True):
        known = figures | {PEOPLE: exact}
        for balance in table.balances:
            parts = sum(figures.get(cell, 0) for cell in balance.parts)
            if parts and set(balance.whole) <= set(known):
                yield sum(known[cell] for cell in balance.whole) - parts


# Linear programming -------------------------------------------------------------------------------
@dataclass(frozen=True)
class Found:
    """Of ``number`` people at least ``low`` and at most ``high`` are in this cell."""

    cell: str
    number: int
    low: float
    high: float
    k: int

    @property
    def tells_nothing(self) -> bool:
        """Of fewer than *k* people it may be nobody and it may be all of them, and of more it may
        be *k* more or fewer.
        """
        return self.high - self.low > min(self.number, self.k) - 1e-6

    @property
    def is_an_answer(self) -> bool:
        """This one person is in this cell."""
        return self.number == 1 and self.low > 1 - 1e-6


class Attack:
    """The equations about one table and those inside it. ``said`` is what was shown at each release
    of each of them, and of whom: at least so many of these people are in these cells.
    """

    def __init__(
        self, table: Table, said: Sequence[tuple[Figures, Collection[Person]]], k: int
    ) -> None:
        self._k = k
        self._cells = {cell: place for place, cell in enumerate(table.cells)}
        self._alike = _alike([people for _, people in said])
        self._balances = self._what_balances(table)
        self._figures = self._what_was_said(said)

    def on(self, victims: Collection[Person]) -> Iterator[Found]:
        """What is known of these people."""
        bounds = self._how_many(victims)
        for cell in list(self._cells)[1:]:
            wish = np.zeros(len(bounds))
            wish[[self._place(cell, row, victim=True) for row in range(len(self._alike))]] = 1
            low, high = self._least(wish, bounds), -self._least(-wish, bounds)
            yield Found(cell, len(victims), low, high, self._k)

    def together(self) -> Iterator[Sequence[Person]]:
        """People who are the same to the equations."""
        yield from self._alike.values()

    def _place(self, cell: str, row: int, *, victim: bool) -> int:
        return (2 * row + victim) * len(self._cells) + self._cells[cell]

    def _how_many(self, victims: Collection[Person]) -> list[tuple[float, float | None]]:
        bounds: list[tuple[float, float | None]] = []
        for people in self._alike.values():
            attacked = sum(person in victims for person in people)
            for number in (len(people) - attacked, attacked):
                bounds += [(number, number), *[(0, None)] * (len(self._cells) - 1)]
        return bounds

    def _what_balances(self, table: Table) -> coo_matrix:
        rows = []
        for row, victim, balance in product(range(len(self._alike)), (False, True), table.balances):
            whole = {self._place(cell, row, victim=victim): 1 for cell in balance.whole}
            parts = {self._place(cell, row, victim=victim): -1 for cell in balance.parts}
            rows.append(whole | parts)
        return self._matrix(rows)

    def _what_was_said(
        self, said: Sequence[tuple[Figures, Collection[Person]]]
    ) -> tuple[coo_matrix, list[int]]:
        rows, figures = [], []
        for release, (told, _) in enumerate(said):
            counted = [row for row, among in enumerate(self._alike) if among[release]]
            for cell, figure in told.items():
                places = product(counted, (False, True))
                rows.append({self._place(cell, row, victim=victim): -1 for row, victim in places})
                figures.append(-figure)
        return self._matrix(rows), figures

    def _least(self, wish: np.ndarray, bounds: list[tuple[float, float | None]]) -> float:
        told, figures = self._figures
        found = linprog(
            wish,
            A_eq=self._balances,
            b_eq=np.zeros(self._balances.shape[0]),
            A_ub=told,
            b_ub=figures,
            bounds=bounds,
            method="highs",
        )
        if not found.success:
            raise ValueError(f"what was shown contradicts itself: {found.message}")
        return float(found.fun)

    def _matrix(self, rows: list[dict[int, int]]) -> coo_matrix:
        filled = [(r, c, value) for r, row in enumerate(rows) for c, value in row.items()]
        shape = (len(rows), 2 * len(self._cells) * len(self._alike))
        r, c, values = zip(*filled, strict=True) if filled else ((), (), ())
        return coo_matrix((values, (r, c)), shape=shape)


def _alike(counted: Sequence[Collection[Person]]) -> dict[tuple[bool, ...], list[Person]]:
    """Everybody, by the releases in which they are counted."""
    everybody = dict.fromkeys(person for people in counted for person in people)
    found: dict[tuple[bool, ...], list[Person]] = {}
    for person in everybody:
        found.setdefault(tuple(person in people for people in counted), []).append(person)
    return found
