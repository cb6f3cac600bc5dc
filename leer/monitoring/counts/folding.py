"""Changes of counts become part of the counts, of teams and of regions. Whether they did makes no
difference to what is read: it is about how many rows are read.
"""

from datetime import date

from django.db import connection, transaction

ONE_AT_A_TIME = 0x1EE2_0002  # key of the advisory lock

# Teams that are new or went to another region; what was counted of them goes along.
REGIONS = """
    with moved as (
        select team.id as team_id, known.region as old, team.region as new
        from organisation_team team left join monitoring_teamregion known
        on known.team_id = team.id
        where known.region is distinct from team.region
    ), known as (
        insert into monitoring_teamregion (team_id, region) select team_id, new from moved
        on conflict (team_id) do update set region = excluded.region
    )
    insert into monitoring_regioncount as kept
        (region, module_key, state, due_on, since, people)
    select place.region, module_key, state, due_on, since, sum(place.sign * people)
    from monitoring_teamcount join moved using (team_id)
    cross join lateral (values (moved.old, -1), (moved.new, 1)) as place (region, sign)
    where place.region is not null
    group by 1, 2, 3, 4, 5
    on conflict (region, module_key, state, due_on, since)
    do update set people = kept.people + excluded.people
"""
# Days that have come count as what holds already. Of a count that comes to nothing the row goes.
# A team that is new since a moment ago waits for the next time.
FOLD = """
    with changed as (
        delete from monitoring_countchange change using monitoring_teamregion known
        where known.team_id = change.team_id
        returning change.team_id, change.module_key, change.state, change.due_on, change.since,
            change.people
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
    ), of_regions as (
        insert into monitoring_regioncount as kept
            (region, module_key, state, due_on, since, people)
        select known.region, module_key, state, due_on, since, sum(people)
        from (
            select team_id, module_key, state, due_on,
                case when since > %(today)s then since end as since, people
            from changed
            union all
            -- a day that has come: what counted from then counts now
            select team_id, module_key, state, due_on, null, people from come
            union all
            select team_id, module_key, state, due_on, since, -people from come
        ) both_of_them join monitoring_teamregion known using (team_id)
        group by 1, 2, 3, 4, 5 having sum(people) <> 0
        on conflict (region, module_key, state, due_on, since)
        do update set people = kept.people + excluded.people
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
NOBODY = "delete from monitoring_regioncount where people = 0"


@transaction.atomic
def fold(today: date) -> bool:
    """Fold all there is; not (``False``) while somebody else is at it. One transaction: what is
    killed was not folded.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(REGIONS)
        cursor.execute(FOLD, {"today": today})
        cursor.execute(NOBODY)
    return True
