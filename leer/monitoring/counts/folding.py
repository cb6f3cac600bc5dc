"""Changes of counts become part of the counts. Whether they did makes no difference to what is
read: it is about how many rows are read.
"""

from datetime import date

from django.db import connection, transaction

ONE_AT_A_TIME = 0x1EE2_0002  # key of the advisory lock

# Days that have come count as what holds already. Of a count that comes to nothing the row goes.
FOLD = """
    with changed as (
        delete from monitoring_countchange
        returning team_id, module_key, state, due_on, since, people
    ), come as (
        delete from monitoring_teamcount where since <= %(today)s
        returning team_id, module_key, state, due_on, since, people
    ), told as (
        select team_id, module_key, state, due_on,
            case when since > %(today)s then since end as since, sum(people) as people
        from (select * from changed union all select * from come) both_of_them
        group by 1, 2, 3, 4, 5 having sum(people) <> 0
    ), gone as (
        delete from monitoring_teamcount kept using told
        where kept.team_id = told.team_id and kept.module_key = told.module_key
        and kept.state = told.state and kept.due_on is not distinct from told.due_on
        and kept.since is not distinct from told.since and kept.people + told.people = 0
        returning kept.team_id, kept.module_key, kept.state, kept.due_on, kept.since
    )
    insert into monitoring_teamcount as kept
        (team_id, module_key, state, due_on, since, people)
    select told.* from told where not exists (
        select from gone
        where gone.team_id = told.team_id and gone.module_key = told.module_key
        and gone.state = told.state and gone.due_on is not distinct from told.due_on
        and gone.since is not distinct from told.since
    )
    on conflict (team_id, module_key, state, due_on, since)
    do update set people = kept.people + excluded.people
"""


@transaction.atomic
def fold(today: date) -> bool:
    """Fold all there is; not (``False``) while somebody else is at it. One statement: what is
    killed was not folded.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(FOLD, {"today": today})
    return True
