"""Counts held against what they count, and put right when that is asked.

Is what is counted of each person what holds of them now, what is counted of each team the sum of
that, and what is counted of each region the sum of its teams? People are looked at some thousands
at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from leer.accounts.models import User
from leer.monitoring.counts.folding import ONE_AT_A_TIME
from leer.monitoring.models import Counted
from leer.progress.api import Repair

PORTION = 2000

# What makes no difference today or later is no difference: a placement that is over may still be
# counted, with its end.
PEOPLE = """
    select user_id from (
        select user_id, team_id, module_key, state, due_on, since, people
        from monitoring_standing(%(users)s)
        union all
        select kept.user_id, item.team_id, item.module_key, item.state, item.due_on, item.since,
            -item.people
        from monitoring_counted kept, jsonb_to_recordset(kept.counted) as item (
            team_id bigint, module_key text, state text, due_on date, since date, people integer
        )
        where kept.user_id = any(%(users)s)
    ) both_of_them
    group by user_id, team_id, module_key, state, due_on,
        case when since > %(today)s then since end
    having sum(people) <> 0
"""
TEAMS = """
    select team_id, module_key, state, due_on, case when since > %(today)s then since end as day,
        coalesce(sum(people) filter (where not wanted), 0),
        coalesce(sum(people) filter (where wanted), 0)
    from (
        select false as wanted, team_id, module_key, state, due_on, since, people
        from monitoring_teamcount
        union all
        select false, team_id, module_key, state, due_on, since, people
        from monitoring_countchange
        union all
        select true, item.team_id, item.module_key, item.state, item.due_on, item.since,
            item.people
        from monitoring_counted kept, jsonb_to_recordset(kept.counted) as item (
            team_id bigint, module_key text, state text, due_on date, since date, people integer
        )
    ) both_of_them
    group by 1, 2, 3, 4, 5
    having sum(case when wanted then people else -people end) <> 0
    order by 1, 2, 3, 4, 5
"""
REGIONS = """
    select region, module_key, state, due_on, case when since > %(today)s then since end as day,
        coalesce(sum(people) filter (where not wanted), 0),
        coalesce(sum(people) filter (where wanted), 0)
    from (
        select false as wanted, region, module_key, state, due_on, since, people
        from monitoring_regioncount
        union all
        select true, known.region, module_key, state, due_on, since, people
        from monitoring_teamcount join monitoring_teamregion known using (team_id)
    ) both_of_them
    group by 1, 2, 3, 4, 5
    having sum(case when wanted then people else -people end) <> 0
    order by 1, 2, 3, 4, 5
"""
CHANGE_TEAM = """
    insert into monitoring_countchange (team_id, module_key, state, due_on, since, people)
    values (%s, %s, %s, %s, %s, %s)
"""
CHANGE_REGION = """
    insert into monitoring_regioncount as kept
        (region, module_key, state, due_on, since, people)
    values (%s, %s, %s, %s, %s, %s)
    on conflict (region, module_key, state, due_on, since)
    do update set people = kept.people + excluded.people
"""


@dataclass(frozen=True, slots=True)
class Sums:
    """One kind of count: how it is held against what it is the sum of, and how it is changed."""

    name: str
    query: str
    change: str


SUMS = (Sums("TeamCount", TEAMS, CHANGE_TEAM), Sums("RegionCount", REGIONS, CHANGE_REGION))


@dataclass(frozen=True, slots=True)
class WrongSum:
    """A count of a team (by primary key) or region that is not the sum of what it should be."""

    of: int | str
    module_key: str
    state: str
    due_on: date | None
    since: date | None
    people: int
    wanted: int

    def __str__(self) -> str:
        days = (day.isoformat() if day else "-" for day in (self.due_on, self.since))
        return "/".join((str(self.of), self.module_key, self.state, *days))


def wrong_people(today: date, report: Callable[[int], None] = lambda done: None) -> Iterator[int]:
    """Of whom something else is counted than holds; each portion as of one moment."""
    done = 0
    for portion in _portions():
        yield from sorted({user for (user,) in _all(PEOPLE, {"users": portion, "today": today})})
        done += len(portion)
        report(done)


def wrong_sums(sums: Sums, today: date) -> list[WrongSum]:
    """Which counts are not the sum of what they count, as of one moment."""
    return [WrongSum(*row) for row in _all(sums.query, {"today": today})]


def repair_person(user: int) -> None:
    """Count one person again, and keep what it was."""
    with transaction.atomic(), connection.cursor() as cursor:
        before = Counted.objects.select_for_update().filter(pk=user).first()
        cursor.execute("select monitoring_recount(array[%s]::bigint[])", [user])
        after = Counted.objects.get(pk=user)
        Repair.objects.create(
            what="Counted",
            row=str(user),
            user_id=user,
            before=before.counted if before else None,
            after=after.counted,
        )


@transaction.atomic
def repair_sums(sums: Sums, today: date) -> list[WrongSum]:
    """Put counts right by what they count; returns which. Nothing is folded meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        found = wrong_sums(sums, today)
        for one in found:
            key = (one.of, one.module_key, one.state, one.due_on, one.since)
            cursor.execute(sums.change, [*key, one.wanted - one.people])
    Repair.objects.bulk_create(
        Repair(
            what=sums.name,
            row=str(one),
            before={"people": one.people},
            after={"people": one.wanted},
        )
        for one in found
    )
    return found


def _portions() -> Iterator[list[int]]:
    """Everybody, and whoever is counted, in the order of their numbers."""
    last = 0
    while portion := _after(last):
        yield portion
        last = portion[-1]


def _after(last: int) -> list[int]:
    people = User.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
    return list(people[:PORTION])


def _all(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
