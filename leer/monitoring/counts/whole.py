"""The whole organisation per module and region, for the programme: numbers only."""

from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add

from cursussen import api as content
from leer.monitoring.counts.reading import HowMany, counted_in_regions


@dataclass(frozen=True)
class ModuleWhole:
    """A module: everybody who was assigned it, and the same per region (by name; empty: of teams
    without one).
    """

    title: str
    regions: tuple[tuple[str, HowMany], ...]

    @property
    def total(self) -> HowMany:
        """Of all regions."""
        return reduce(add, (how_many for _, how_many in self.regions), HowMany())


def view_of(on: date) -> tuple[ModuleWhole, ...]:
    """Per module that somebody was assigned, in two queries however many people there are."""
    found: dict[str, list[tuple[str, HowMany]]] = {}
    for (region, key), how_many in counted_in_regions(on=on).items():
        found.setdefault(key, []).append((region, how_many))
    live = content.modules().items()
    return tuple(ModuleWhole(m.title, tuple(found[key])) for key, m in live if key in found)
