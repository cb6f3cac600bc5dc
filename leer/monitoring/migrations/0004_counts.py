"""Counts of people per team and module, kept by the database beside whatever changes them.

Triggers, because there are many ways in (the ledger's projection and the giving of modules write
with SQL, an import in bulk), and none may be forgotten. ``docs/decisions/0033-counts.md`` says why
they are right whatever comes at once.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FUNCTIONS = """
    -- What is to be counted of these people, by what is known now: a row per person, module and
    -- placement that is not over, and one with fewer people for the end of a placement. The state
    -- is that of leer.rollout.selectors.state_in_round; overdue follows from the day. Placements
    -- that are over for a week cannot matter to today any more.
    create function monitoring_standing(users bigint[]) returns table (
        user_id bigint, team_id bigint, module_key text, state text, due_on date, since date,
        people integer
    ) language sql stable as $$
        with asked as (
            select distinct on (one.user_id, one.module_key) one.*
            from rollout_assignment one
            where one.user_id = any(users) and one.withdrawn_at is null
            order by one.user_id, one.module_key, one.round desc
        ), standing as (
            select asked.user_id, asked.module_key, asked.due_on,
                case when stay.done then 'done' when stay.busy then 'busy' else 'todo' end as state
            from asked, lateral (
                select
                    bool_or(stay.completed_at >= coalesce(asked.counts_from, '-infinity')) as done,
                    bool_or(
                        stay.completed_at is null
                        and stay.started_at >= coalesce(asked.counts_from, '-infinity')
                    ) as busy
                from progress_moduleprogress stay
                where stay.user_id = asked.user_id and stay.module_key = asked.module_key
            ) stay
        )
        select standing.user_id, placed.team_id, standing.module_key, standing.state,
            case when standing.state <> 'done' then standing.due_on end, turn.since, turn.people
        from standing
        join accounts_user person on person.id = standing.user_id and person.is_active
        join organisation_membership placed on placed.user_id = standing.user_id
        cross join lateral (
            values (placed.valid_from, 1), (placed.valid_until, -1)
        ) as turn (since, people)
        where turn.since is not null
        and (placed.valid_until is null or placed.valid_until > current_date - 7)
    $$;

    -- Count these people again, and tell what changed. Each holds its row until the transaction
    -- ends; what others changed of the same people is committed by then, and seen below, because
    -- every statement here looks anew.
    create function monitoring_recount(users bigint[]) returns void language plpgsql as $$
    begin
        if users is null then
            return;
        end if;
        insert into monitoring_counted (user_id, counted)
            select one, '[]' from unnest(users) one group by one order by one
            on conflict do nothing;
        perform from monitoring_counted where user_id = any(users)
            order by user_id for no key update;
        with standing as materialized (
            select * from monitoring_standing(users)
        ), held as materialized (
            select kept.user_id, item.*
            from monitoring_counted kept, jsonb_to_recordset(kept.counted) as item (
                team_id bigint, module_key text, state text, due_on date, since date,
                people integer
            )
            where kept.user_id = any(users)
        ), told as (
            insert into monitoring_countchange
                (team_id, module_key, state, due_on, since, people)
            select team_id, module_key, state, due_on, since, sum(people)
            from (
                select team_id, module_key, state, due_on, since, people from standing
                union all
                select team_id, module_key, state, due_on, since, -people from held
            ) both_of_them
            group by 1, 2, 3, 4, 5
            having sum(people) <> 0
        )
        update monitoring_counted kept
        set counted = now.counted
        from (
            select one as user_id, coalesce(
                jsonb_agg(
                    to_jsonb(standing) - 'user_id' order by module_key, since, people, team_id
                ) filter (where standing.user_id is not null),
                '[]'
            ) as counted
            from unnest(users) one left join standing on standing.user_id = one
            group by one
        ) now
        where kept.user_id = now.user_id and kept.counted is distinct from now.counted;
    end $$;

    -- A table with people in it changed. Statement by statement, so that thousands of rows that
    -- come at once are counted at once.
    create function monitoring_people_changed() returns trigger language plpgsql as $$
    declare
        touched bigint[];
    begin
        if tg_op = 'INSERT' then
            select array_agg(distinct user_id) into touched from after_it;
        elsif tg_op = 'DELETE' then
            select array_agg(distinct user_id) into touched from before_it;
        else
            select array_agg(distinct user_id) into touched from (
                select user_id from after_it union all select user_id from before_it
            ) both_of_them;
        end if;
        perform monitoring_recount(touched);
        return null;
    end $$;

    -- An account was opened or closed; not another change of it, as at each sign-in.
    create function monitoring_accounts_changed() returns trigger language plpgsql as $$
    declare
        touched bigint[];
    begin
        select array_agg(after_it.id) into touched
        from after_it join before_it on before_it.id = after_it.id
        where before_it.is_active <> after_it.is_active;
        perform monitoring_recount(touched);
        return null;
    end $$;
"""
TABLES = ("rollout_assignment", "progress_moduleprogress", "organisation_membership")
SEEN = {
    "insert": "new table as after_it",
    "update": "old table as before_it new table as after_it",
    "delete": "old table as before_it",
}
TRIGGERS = [
    f"""
    create trigger monitoring_{event} after {event} on {table}
    referencing {seen} for each statement execute function monitoring_people_changed()
    """
    for table in TABLES
    for event, seen in SEEN.items()
]
ACCOUNTS = f"""
    create trigger monitoring_update after update on accounts_user
    referencing {SEEN['update']} for each statement execute function monitoring_accounts_changed()
"""
# Who is there already, some thousands at a time.
COUNT_ALL = """
    do $$
    declare
        portion bigint[];
    begin
        for portion in
            select array_agg(id) from (
                select id, (row_number() over (order by id) - 1) / 2000 as place
                from accounts_user
            ) numbered
            group by place order by place
        loop
            perform monitoring_recount(portion);
        end loop;
    end $$
"""
BACK = [
    *(f"drop trigger monitoring_{event} on {table}" for table in TABLES for event in SEEN),
    "drop trigger monitoring_update on accounts_user",
    "drop function monitoring_accounts_changed()",
    "drop function monitoring_people_changed()",
    "drop function monitoring_recount(bigint[])",
    "drop function monitoring_standing(bigint[])",
]


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_sessions_know_their_person'),
        ('monitoring', '0003_nudges'),
        ('organisation', '0003_high_risk_mark'),
        ('progress', '0004_stays'),
        ('rollout', '0008_rounds'),
    ]

    operations = [
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('counted', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'wat van iemand is meegeteld',
                'verbose_name_plural': 'wat van mensen is meegeteld',
            },
        ),
        migrations.CreateModel(
            name='CountChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('module_key', models.CharField(max_length=100)),
                ('state', models.CharField(max_length=10)),
                ('due_on', models.DateField(null=True)),
                ('since', models.DateField(null=True)),
                ('people', models.IntegerField()),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.team')),
            ],
            options={
                'verbose_name': 'verandering van een telling',
                'verbose_name_plural': 'veranderingen van tellingen',
            },
        ),
        migrations.CreateModel(
            name='TeamCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('module_key', models.CharField(max_length=100)),
                ('state', models.CharField(max_length=10)),
                ('due_on', models.DateField(null=True)),
                ('since', models.DateField(null=True)),
                ('people', models.IntegerField()),
                ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.team')),
            ],
            options={
                'verbose_name': 'telling van een team',
                'verbose_name_plural': 'tellingen van teams',
                'indexes': [models.Index(condition=models.Q(('since__isnull', False)), fields=['since'], name='team_count_ahead')],
                'constraints': [models.UniqueConstraint(fields=('team', 'module_key', 'state', 'due_on', 'since'), name='team_count_once', nulls_distinct=False)],
            },
        ),
        migrations.RunSQL([FUNCTIONS, *TRIGGERS, ACCOUNTS, COUNT_ALL], BACK),
    ]
