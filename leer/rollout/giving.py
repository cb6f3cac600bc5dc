"""Rows of assignments into their table: many at once, and never the same one twice.

Who writes first wins; who comes with the same person, module and round finds it there. So the table
decides what is new, and only that is told to the ledger.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Grant:
    """A module for somebody; ``wave`` is the wave that brings it, ``renewal`` the change that asks
    for it. What is given in a later ``round`` counts from the moment of giving.
    """

    user: int
    module_key: str
    due_on: date
    wave: int | None = None
    round: int = 1
    renewal: int | None = None

    @property
    def key(self) -> tuple[int, str, int]:
        """What makes it itself."""
        return self.user, self.module_key, self.round


def give(grants: Sequence[Grant], *, reason: str, at: datetime) -> list[Grant]:
    """Write these, in the caller's transaction; returns those that were not there.

    A row that was withdrawn holds again, for the reason and the wave that bring it back; what was
    done since it first came goes on counting. In one order, so that two who give the same wait for
    each other and never lock.
    """
    if not grants:
        return []
    order = sorted(grants, key=attrgetter("key"))
    with connection.cursor() as cursor:
        cursor.execute(_GIVE, {"reason": reason, "at": at, **_columns(order)})
        new = set(cursor.fetchall())
    return [grant for grant in order if grant.key in new]


def _columns(grants: Sequence[Grant]) -> dict[str, Any]:
    return {
        "users": [grant.user for grant in grants],
        "keys": [grant.module_key for grant in grants],
        "waves": [grant.wave for grant in grants],
        "days": [grant.due_on for grant in grants],
        "rounds": [grant.round for grant in grants],
        "renewals": [grant.renewal for grant in grants],
    }


_GIVE = """
    insert into rollout_assignment as held
        (user_id, module_key, wave_id, due_on, round, renewal_id, counts_from, reason, assigned_at)
    select given.*, case when given.round > 1 then %(at)s::timestamptz end, %(reason)s, %(at)s
    from unnest(
        %(users)s::bigint[], %(keys)s::text[], %(waves)s::bigint[], %(days)s::date[],
        %(rounds)s::smallint[], %(renewals)s::bigint[]
    ) as given (user_id, module_key, wave_id, due_on, round, renewal_id)
    on conflict (user_id, module_key, round) do update set
        wave_id = excluded.wave_id, renewal_id = excluded.renewal_id, due_on = excluded.due_on,
        reason = excluded.reason, assigned_at = excluded.assigned_at, withdrawn_at = null
    where held.withdrawn_at is not null
    returning user_id, module_key, round
"""
