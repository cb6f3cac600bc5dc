"""Counts held against what they count, and put right when that is asked.

Two questions: is what is counted of each person what holds of them now, and is what is counted of
each team the sum of that? People are looked at some thousands at a time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from leer.accounts.models import User
from leer.monitoring.models import Counted
from leer.progress.api import Repair

PORTION = 2000
ONE_REPAIR_AT_A_TIME = 0x1EE2_0003

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
CHANGE = """
    insert into monitoring_countchange (team_id, module_key, state, due_on, since, people)
    values (%s, %s, %s, %s, %s, %s)
"""


@dataclass(frozen=True, slots=True)
class WrongTeam:
    """A count of a team that is not the sum of what is counted of its people."""

    team: int
    module_key: str
    state: str
    due_on: date | None
    since: date | None
    people: int
    wanted: int

    def __str__(self) -> str:
        days = (day.isoformat() if day else "-" for day in (self.due_on, self.since))
        return "/".join((str(self.team), self.module_key, self.state, *days))


def wrong_people(today: date, report: Callable[[int], None] = lambda done: None) -> Iterator[int]:
    """Of whom something else is counted than holds; each portion as of one moment."""
    done = 0
    for portion in _portions():
        yield from sorted({user for (user,) in _all(PEOPLE, {"users": portion, "today": today})})
        done += len(portion)
        report(done)


def wrong_teams(today: date) -> list[WrongTeam]:
    """Which counts are not the sum of what is counted of people, as of one moment."""
    return [WrongTeam(*row) for row in _all(TEAMS, {"today": today})]


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
def repair_teams(today: date) -> list[WrongTeam]:
    """Put the counts of teams right by what is counted of their people; returns which."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_REPAIR_AT_A_TIME])
        found = wrong_teams(today)
        for one in found:
            _change(cursor, one)
    Repair.objects.bulk_create(
        Repair(
            what="TeamCount",
            row=str(one),
            before={"people": one.people},
            after={"people": one.wanted},
        )
        for one in found
    )
    return found


def _change(cursor: Any, one: WrongTeam) -> None:
    missing = one.wanted - one.people
    key = (one.team, one.module_key, one.state, one.due_on, one.since)
    cursor.execute(CHANGE, [*key, missing])


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
