"""How far a team was at the end of past weeks, by who was in it then."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.utils import timezone

from leer.core import sql
from leer.organisation.models import Team


class WeekEnd(NamedTuple):
    """How many people had been assigned a module at the end of a day, and had done it by then."""

    module_key: str
    day: date
    people: int
    done: int


# As ``STANDINGS``, of the members, the rounds and the completions of each day.
WEEK_ENDS = """
    select one.module_key, past.day, count(distinct one.user_id),
        count(distinct one.user_id) filter (where done.id is not null)
    from unnest(%s::date[], %s::timestamptz[]) past (day, night)
    join organisation_membership stay on stay.team_id = %s and stay.valid_from <= past.day
        and (stay.valid_until is null or stay.valid_until > past.day)
    join rollout_assignment one on one.user_id = stay.user_id and one.module_key = any(%s)
        and one.assigned_at < past.night
        and (one.withdrawn_at is null or one.withdrawn_at >= past.night)
    left join progress_moduleprogress done
        on done.user_id = one.user_id and done.module_key = one.module_key
        and done.completed_at < past.night
        and (one.counts_from is null or done.completed_at >= one.counts_from)
    where not exists (
        select from rollout_assignment later
        where later.user_id = one.user_id and later.module_key = one.module_key
            and later.round > one.round and later.assigned_at < past.night
            and (later.withdrawn_at is null or later.withdrawn_at >= past.night)
    )
    group by one.module_key, past.day order by one.module_key, past.day
"""


def week_ends_of(team: Team, module_keys: Iterable[str], days: Iterable[date]) -> list[WeekEnd]:
    """How the team was with these modules at the end of these days, in one query. A day that is
    past tells the same for ever: who comes or goes later changes nothing.
    """
    asked = list(days)
    nights = [_night_after(day) for day in asked]
    rows = sql.rows(WEEK_ENDS, [asked, nights, team.pk, list(module_keys)])
    return [WeekEnd(*row) for row in rows]


def _night_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
