"""How many people of teams are how far on a day, from what is counted: a row or two per team and
module, however many people there are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from leer.core import sql


@dataclass(frozen=True, slots=True)
class HowMany:
    """How many of the people who were assigned a module are where."""

    todo: int = 0
    busy: int = 0
    done: int = 0
    overdue: int = 0

    def __add__(self, other: "HowMany") -> "HowMany":
        """Of both together."""
        return HowMany(*(a + b for a, b in zip(self.numbers, other.numbers, strict=True)))

    @property
    def numbers(self) -> tuple[int, ...]:
        """As they are told."""
        return tuple(getattr(self, one.name) for one in fields(self))

    @property
    def total(self) -> int:
        """Everybody who was assigned it."""
        return sum(self.numbers)


# What is not folded yet counts as well. Of one moment: it is one query.
OF_TEAMS = """
    with asked as (select %s::date as today, %s::bigint[] as teams)
    select team_id, module_key,
        coalesce(sum(people) filter (where state = 'todo' and due_on >= today), 0),
        coalesce(sum(people) filter (where state = 'busy' and due_on >= today), 0),
        coalesce(sum(people) filter (where state = 'done'), 0),
        coalesce(sum(people) filter (where state <> 'done' and due_on < today), 0)
    from asked, (
        select team_id, module_key, state, due_on, since, people from monitoring_teamcount
        where team_id = any((select teams from asked)::bigint[])
        union all
        select team_id, module_key, state, due_on, since, people from monitoring_countchange
        where team_id = any((select teams from asked)::bigint[])
    ) together
    where since is null or since <= today
    group by team_id, module_key having sum(people) <> 0
"""


def counted(teams: Iterable[int], *, on: date) -> dict[tuple[int, str], HowMany]:
    """Per team (by primary key) and module, today or on a later day; in one query. What is not
    there is nobody.
    """
    return {(team, key): HowMany(*map(int, found)) for team, key, *found in _rows(teams, on)}


def _rows(teams: Iterable[int], on: date) -> Iterator[tuple[int, str, int, int, int, int]]:
    yield from sql.rows(OF_TEAMS, [on, list(teams)])


OF_REGIONS = """
    with asked as (select %s::date as today)
    select region, module_key,
        coalesce(sum(people) filter (where state = 'todo' and due_on >= today), 0),
        coalesce(sum(people) filter (where state = 'busy' and due_on >= today), 0),
        coalesce(sum(people) filter (where state = 'done'), 0),
        coalesce(sum(people) filter (where state <> 'done' and due_on < today), 0)
    from asked, (
        select region, module_key, state, due_on, since, people from monitoring_regioncount
        union all
        select coalesce(known.region, team.region), module_key, state, due_on, since, people
        from monitoring_countchange change
        join organisation_team team on team.id = change.team_id
        left join monitoring_teamregion known on known.team_id = change.team_id
    ) together
    where since is null or since <= today
    group by region, module_key having sum(people) <> 0
    order by region, module_key
"""


def counted_in_regions(*, on: date) -> dict[tuple[str, str], HowMany]:
    """Of the whole organisation, per region (by name) and module; in one query."""
    rows = sql.rows(OF_REGIONS, [on])
    return {(region, key): HowMany(*map(int, found)) for region, key, *found in rows}


def together(some: Mapping[tuple[Any, str], HowMany]) -> dict[str, HowMany]:
    """Per module, of all these teams or regions."""
    found: dict[str, HowMany] = {}
    for (_, key), how_many in some.items():
        found[key] = found.get(key, HowMany()) + how_many
    return found
