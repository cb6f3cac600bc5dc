"""The teams below a team as who leads that one may see them: totals, and never a name.

Class A only, and by the name of the team: nothing here says which team has more risk.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add

from django.conf import settings

from cursussen import api as content
from leer.monitoring.counts.merging import blocks
from leer.monitoring.counts.reading import HowMany, counted
from leer.organisation import api as organisation
from leer.organisation.api import Team

MOST_ROWS = 100  # of a table that somebody reads; who leads more teams, leads them through others


@dataclass(frozen=True)
class Row:
    """One team, or (without a name) the ``teams`` that stand together."""

    name: str
    teams: int
    how_many: HowMany


@dataclass(frozen=True)
class ModuleBelow:
    """A module over all teams below; without ``total`` and with one's own teams at most where the
    others are too few. More than ``MOST_ROWS`` are not listed (``unlisted``: how many teams).
    """

    title: str
    total: HowMany | None
    rows: tuple[Row, ...]
    unlisted: int = 0


def view_of(team: Team, *, own: Collection[Team], on: date) -> tuple[ModuleBelow, ...]:
    """Per module that people in teams below were assigned, in four queries however many; ``own``
    are the teams of which the reader may know it person by person.
    """
    below = {one.pk: one for one in organisation.teams_below(team)}
    by_module: dict[str, dict[Team, HowMany]] = {}
    for (pk, key), how_many in counted(below, on=on).items():
        by_module.setdefault(key, {})[below[pk]] = how_many
    known = {one.pk for one in own}
    live = content.modules().items()
    return tuple(_module(m.title, by_module[key], known) for key, m in live if key in by_module)


def _module(title: str, found: Mapping[Team, HowMany], known: set[int]) -> ModuleBelow:
    others = {team.pk: one.total for team, one in found.items() if team.pk not in known}
    told = blocks(others, settings.DISCLOSURE_K)
    alone = [Row(t.name, 1, one) for t, one in found.items() if t.pk in told.apart | known]
    rest = [one for team, one in found.items() if team.pk in told.together]
    rows = sorted(alone, key=lambda row: row.name)
    if rest:
        rows.append(Row("", len(rest), _sum(rest)))
    total = None if told.withheld else _sum(found.values())
    if len(rows) > MOST_ROWS:
        return ModuleBelow(title, total, (), unlisted=len(found))
    return ModuleBelow(title, total, tuple(rows))


def _sum(some: Iterable[HowMany]) -> HowMany:
    return reduce(add, some, HowMany())
