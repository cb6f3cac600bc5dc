"""Which figures may be shown. Plain Python; the whole method is in this file.

A figure says *at least so many people*, in steps of *k*. Three rules:

1. It never falls: what was said once stays true.
2. Of every group at least *k* people stay in the middle: the parts that are shown are together
   at least *k* less than the whole that is shown.
3. When a figure takes its next step is a secret: between 0 and *k* - 1 people later than it could.

A group of the people who are taken in together (those of a team) has a fourth:

4. What is said of the groups of one night is of every cell together never more than what the table
   itself says more of that cell than the night before.

With rules 1, 2 and 4 it stays possible of any *k* people, whoever they are, that all of them are in
a cell and that none of them is, whatever is subtracted from whatever else, at whichever moment. The
third rule keeps whoever knows this method from reading more in a figure than it says.
docs/developers/aggregates.md has the proof.
"""

import hmac
from collections.abc import Callable, Mapping

from leer.disclosure.tables import PEOPLE, Table

type Figures = dict[str, int]
"""Per cell a multiple of *k*; a cell that is not in it is withheld."""

type Room = Mapping[str, int] | None
"""Per cell the most that its figure may become; ``None``: as much as the other rules allow."""

type Patience = Callable[[str, int], int]
"""How many people more than it needs a cell waits for before it shows this figure."""


def next_figures(
    table: Table,
    counts: Mapping[str, int],
    *,
    k: int,
    shown: Mapping[str, int],
    patience: Patience,
    room: Room = None,
) -> Figures:
    """What may be shown of these counts, when ``shown`` was before."""
    figures = {PEOPLE: max(shown.get(PEOPLE, 0), counts[PEOPLE] // k * k)}
    for balance in table.balances:
        budget = sum(figures[cell] for cell in balance.whole) - k
        before = {part: shown.get(part, 0) for part in balance.parts}
        figures |= _dealt(before, counts, k, budget, patience, room)
    return {cell: figure for cell, figure in figures.items() if figure}


def _dealt(
    before: Figures,
    counts: Mapping[str, int],
    k: int,
    budget: int,
    patience: Patience,
    room: Room,
) -> Figures:
    """Deal the budget in steps of ``k``, each to the part of which most is not shown yet."""
    figures = dict(before)

    def left(part: str) -> int:
        return counts.get(part, 0) - figures[part]

    def may_step(part: str) -> bool:
        following = figures[part] + k
        fits = room is None or following <= room.get(part, 0)
        return fits and left(part) >= k + patience(part, following)

    while sum(figures.values()) + k <= budget:
        ready = [part for part in figures if may_step(part)]
        if not ready:
            break
        figures[max(ready, key=lambda part: (left(part), part))] += k
    return figures


def secret_patience(secret: str, name: str, k: int) -> Patience:
    """The waits of this table: the same at every release, and for nobody to work out."""

    def patience(cell: str, figure: int) -> int:
        message = "\0".join((name, cell, str(figure)))
        digest = hmac.digest(secret.encode(), message.encode(), "sha256")
        return int.from_bytes(digest[:8]) % k

    return patience
