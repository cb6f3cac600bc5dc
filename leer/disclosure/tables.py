"""What a table of counts is: groups of people that fall apart into parts. Plain Python."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

PEOPLE = "mensen"
"""The cell that everything begins with: everybody in the table, each once."""


@dataclass(frozen=True, slots=True)
class Balance:
    """A group that falls apart: whoever is in a cell of ``whole`` is in one cell of ``parts``.

    At a scene, ``whole`` are the ways in and ``parts`` the ways on and *stopped*.
    """

    whole: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The balances of one table, each after those that make the cells of its whole.

    A cell is a part of one balance at most. Two balances may share a whole: then it falls
    apart in two ways that say nothing of each other.
    """

    balances: tuple[Balance, ...]

    def __post_init__(self) -> None:
        """Refuse a table for which the bound does not hold."""
        known = {PEOPLE}
        for balance in self.balances:
            if not set(balance.whole) <= known:
                raise ValueError(f"{balance.whole}: not made by an earlier balance")
            if known & set(balance.parts) or len(set(balance.parts)) < len(balance.parts):
                raise ValueError(f"{balance.parts}: a cell is a part once")
            known |= set(balance.parts)
        self._check_wholes()

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Every cell, the people first."""
        return (PEOPLE, *(part for balance in self.balances for part in balance.parts))

    def check(self, counts: Mapping[str, int]) -> None:
        """Refuse counts that do not balance: somebody would be counted twice or not at all."""
        for balance in self.balances:
            if _sum(counts, balance.whole) != _sum(counts, balance.parts):
                raise ValueError(f"{balance}: the parts are not the whole")

    def to_json(self) -> list[list[list[str]]]:
        """As it is kept with a release."""
        return [[list(balance.whole), list(balance.parts)] for balance in self.balances]

    @classmethod
    def from_json(cls, data: Iterable[tuple[list[str], list[str]]]) -> "Table":
        """The table that ``to_json`` was called on."""
        return cls(tuple(Balance(tuple(whole), tuple(parts)) for whole, parts in data))

    def _check_wholes(self) -> None:
        """Wholes are the same cells or have none in common: people are not spent twice."""
        seen: dict[str, tuple[str, ...]] = {}
        for cell, balance in self._members():
            if seen.setdefault(cell, balance.whole) != balance.whole:
                raise ValueError(f"{cell}: in two wholes that differ")

    def _members(self) -> Iterator[tuple[str, Balance]]:
        for balance in self.balances:
            for cell in balance.whole:
                yield cell, balance


def _sum(counts: Mapping[str, int], cells: Iterable[str]) -> int:
    return sum(counts.get(cell, 0) for cell in cells)
