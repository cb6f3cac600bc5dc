"""The attacker: everything that was ever shown of one table, and linear programming (HiGHS).

Unknown are the true counts of every cell at every release. Known are, at every release: each
figure (*at least*), the balances, that no count ever falls, and besides how many people took
part, exactly: a manager sees who is done. An attacker who knows the method knows more: a cell
that had room to move and did not is less than ``2k - 1`` above its figure.

What is asked is the narrowest range that is left for any cell at any release, and for what came
to any cell between two releases.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

from leer.disclosure.tables import Table

type Known = Sequence[tuple[Mapping[str, int], int]]
"""Per release its figures and the exact number of people, in order."""


@dataclass(frozen=True, slots=True)
class Range:
    """What the attacker knows of a cell: at release ``to``, or of its growth since ``since``."""

    cell: str
    since: int | None
    to: int
    low: float
    high: float

    @property
    def width(self) -> float:
        """How many people lie between the least and the most."""
        return self.high - self.low


def ranges(
    table: Table, known: Known, *, k: int, knows_the_method: bool = False
) -> Iterator[Range]:
    """Every cell but the people themselves, at every release and between any two."""
    attack = Attack(table, known, k, knows_the_method=knows_the_method)
    for cell in table.cells[1:]:
        for at in range(len(known)):
            yield attack.on(cell, None, at)
        for since, to in combinations(range(len(known)), 2):
            yield attack.on(cell, since, to)


class Attack:
    """The equations of one attacker."""

    def __init__(self, table: Table, known: Known, k: int, *, knows_the_method: bool) -> None:
        self._cells = {cell: place for place, cell in enumerate(table.cells)}
        self._releases = len(known)
        self._bounds = self._what_was_said(table, known, k, knows_the_method=knows_the_method)
        self._equal = self._what_balances(table)
        self._below = self._what_never_falls()

    def on(self, cell: str, since: int | None, to: int) -> Range:
        """The least and the most that this cell, or its growth, can be."""
        wish = np.zeros(len(self._cells) * self._releases)
        wish[self._place(cell, to)] = 1
        if since is not None:
            wish[self._place(cell, since)] = -1
        low, high = self._least(wish), -self._least(-wish)
        return Range(cell, since, to, low, high)

    def _least(self, wish: np.ndarray) -> float:
        equal, below = self._equal, self._below
        found = linprog(
            wish,
            A_eq=equal,
            b_eq=np.zeros(equal.shape[0]),
            A_ub=below if below.shape[0] else None,
            b_ub=np.zeros(below.shape[0]) if below.shape[0] else None,
            bounds=self._bounds,
            method="highs",
        )
        if not found.success:
            raise ValueError(f"what was shown contradicts itself: {found.message}")
        return float(found.fun)

    def _place(self, cell: str, release: int) -> int:
        return release * len(self._cells) + self._cells[cell]

    def _what_was_said(
        self, table: Table, known: Known, k: int, *, knows_the_method: bool
    ) -> list[tuple[float, float | None]]:
        bounds: list[tuple[float, float | None]] = []
        for figures, people in known:
            most = most_of(table, figures, k) if knows_the_method else {}
            for cell in self._cells:
                bounds.append((figures.get(cell, 0), most.get(cell)))
            bounds[-len(self._cells)] = (people, people)
        return bounds

    def _what_balances(self, table: Table) -> coo_matrix:
        rows = [
            {self._place(cell, at): 1 for cell in balance.whole}
            | {self._place(cell, at): -1 for cell in balance.parts}
            for at in range(self._releases)
            for balance in table.balances
        ]
        return self._matrix(rows)

    def _what_never_falls(self) -> coo_matrix:
        rows = [
            {self._place(cell, before): 1, self._place(cell, after): -1}
            for before, after in pairwise(range(self._releases))
            for cell in self._cells
        ]
        return self._matrix(rows)

    def _matrix(self, rows: list[dict[int, int]]) -> coo_matrix:
        filled = [(r, c, value) for r, row in enumerate(rows) for c, value in row.items()]
        shape = (len(rows), len(self._cells) * self._releases)
        if not filled:
            return coo_matrix(shape)
        r, c, values = zip(*filled, strict=True)
        return coo_matrix((values, (r, c)), shape=shape)


def most_of(table: Table, figures: Mapping[str, int], k: int) -> dict[str, int]:
    """Per cell that was free to move: the most that it can be, since it did not."""
    most: dict[str, int] = {}
    for balance in table.balances:
        budget = sum(figures.get(cell, 0) for cell in balance.whole) - k
        if sum(figures.get(cell, 0) for cell in balance.parts) + k <= budget:
            most |= {cell: figures.get(cell, 0) + 2 * k - 2 for cell in balance.parts}
    return most
