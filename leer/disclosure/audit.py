"""The attacker: everything that was ever shown of a table and of groups in it, and linear
programming (HiGHS).

Unknown are the true counts of every cell at every release. Known are, at every release: each
figure (*at least*), the balances, that no count ever falls, and besides how many people took
part, exactly, in every team: a manager sees who is done. An attacker who knows the method knows
more: a cell that had room to move and did not is less than ``2k - 1`` above its figure.

What is asked is the narrowest range that is left for any cell at any release, and for what came
to any cell between two releases.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

from leer.disclosure.tables import Balance, Table

type Known = Sequence[tuple[Mapping[str, int], Mapping[str, int]]]
"""Per release, in order, its figures, and the cells of which the count is known exactly."""


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


@dataclass(frozen=True)
class Tables:
    """A table, and the same table for each group that its people fall apart into, if any."""

    table: Table
    groups: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Those of all together, and those of each group."""
        of_groups = (within(group, cell) for group in self.groups for cell in self.table.cells)
        return (*self.table.cells, *of_groups)

    @property
    def balances(self) -> tuple[Balance, ...]:
        """Those of the table, the same in each group, and every cell as the sum of the groups."""
        return (*self.table.balances, *self._of_groups(), *self._sums())

    def _of_groups(self) -> Iterator[Balance]:
        for group in self.groups:
            for balance in self.table.balances:
                yield Balance(
                    tuple(within(group, cell) for cell in balance.whole),
                    tuple(within(group, cell) for cell in balance.parts),
                )

    def _sums(self) -> Iterator[Balance]:
        for cell in self.table.cells if self.groups else ():
            yield Balance((cell,), tuple(within(group, cell) for group in self.groups))


def within(group: str, cell: str) -> str:
    """The cell of one group."""
    return f"{group}|{cell}"


def ranges(
    tables: Tables, known: Known, *, k: int, knows_the_method: bool = False
) -> Iterator[Range]:
    """Every cell of which the count is not known, at every release and between any two."""
    attack = Attack(tables, known, k, knows_the_method=knows_the_method)
    for cell in tables.cells:
        if cell in known[0][1]:
            continue
        for at in range(len(known)):
            yield attack.on(cell, None, at)
        for since, to in combinations(range(len(known)), 2):
            yield attack.on(cell, since, to)


class Attack:
    """The equations of one attacker."""

    def __init__(self, tables: Tables, known: Known, k: int, *, knows_the_method: bool) -> None:
        self._cells = {cell: place for place, cell in enumerate(tables.cells)}
        self._releases = len(known)
        self._bounds = [
            bound
            for figures, exact in known
            for bound in self._what_was_said(
                figures, exact, most_of(tables.table, figures, k) if knows_the_method else {}
            )
        ]
        self._equal = self._what_balances(tables.balances)
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
        self, figures: Mapping[str, int], exact: Mapping[str, int], most: Mapping[str, int]
    ) -> Iterator[tuple[float, float | None]]:
        for cell in self._cells:
            if cell in exact:
                yield exact[cell], exact[cell]
            else:
                yield figures.get(cell, 0), most.get(cell)

    def _what_balances(self, balances: Sequence[Balance]) -> coo_matrix:
        rows = [
            {self._place(cell, at): 1 for cell in balance.whole}
            | {self._place(cell, at): -1 for cell in balance.parts}
            for at in range(self._releases)
            for balance in balances
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
