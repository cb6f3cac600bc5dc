"""The ledger becomes a Learning Record Store: tables that are divided by year, and the rest.

What was in the one table of before is read again as if it came in now, at the moment it was
stored; nothing is lost. Django's state knows plain models: partitions are PostgreSQL's.
"""

from collections import defaultdict

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
    alter table xapi_statementrecord rename to xapi_statementrecord_before;
    alter index xapi_statementrecord_pkey rename to xapi_statementrecord_before_pkey;
    create table xapi_statementrecord (
        position bigint not null primary key,
        statement_id uuid not null,
        private boolean not null,
        trusted boolean not null,
        raw text not null
    ) partition by range (position);
    create table xapi_mention (
        key uuid not null,
        position bigint not null,
        source bigint not null,
        primary key (key, position, source)
    ) partition by range (position);
"""
FUNCTIONS = """
    -- Take part in writing until the transaction ends. Writers stand beside each other; one
    -- whose statement points to another writes alone. ``moment`` is the writer's idea of now, in
    -- microseconds since 1970, taken in this transaction or at most a second before it: readers
    -- of a consistent past (X-Experience-API-Consistent-Through) count on that.
    create function xapi_enter(alone boolean, moment bigint) returns void language plpgsql as $$
    begin
        if alone then
            perform pg_advisory_xact_lock(2017546313);
        else
            perform pg_advisory_xact_lock_shared(2017546313);
        end if;
        if moment < extract(epoch from transaction_timestamp()) * 1000000 - 1000000
            or moment > extract(epoch from clock_timestamp()) * 1000000 + 1000000
        then
            raise exception 'a writer''s clock differs from the database''s'
                using errcode = 'LE001';
        end if;
    end $$;

    -- Take part, and store a few statements in one go: those whose id is free, with what they
    -- are found by. Returns their positions, and whether an earlier statement points to them.
    create function xapi_store(
        alone boolean, moment bigint, ids uuid[], positions bigint[], personal boolean[],
        reliable boolean[], raws text[], keys uuid[], places bigint[]
    ) returns table (place bigint, is_target boolean) language plpgsql as $$
    begin
        perform xapi_enter(alone, moment);
        return query  -- as of now, after the lock was had
            with new as (
                insert into xapi_statementid as known (id, position)
                select * from unnest(ids, positions)
                on conflict (id) do nothing
                returning known.id, known.position
            ), record as (
                insert into xapi_statementrecord (position, statement_id, private, trusted, raw)
                select new.position, new.id, given.private, given.trusted, given.raw
                from unnest(positions, personal, reliable, raws)
                as given (position, private, trusted, raw) join new using (position)
            ), mention as (
                insert into xapi_mention (key, position, source)
                select given.key, new.position, new.position
                from unnest(keys, places) as given (key, position) join new using (position)
            )
            select new.position, exists (
                select from xapi_reference pointer where pointer.target = new.id
            ) from new;
    end $$;

    -- The same as a transaction of its own, in one round trip, for statements that are all new,
    -- and that nothing points to: anything else is an error, and stores nothing.
    create function xapi_store_plainly(
        moment bigint, ids uuid[], positions bigint[], personal boolean[], reliable boolean[],
        raws text[], keys uuid[], places bigint[]
    ) returns void language plpgsql as $$
    declare
        stored bigint;
        pointed_at boolean;
    begin
        select count(*), coalesce(bool_or(is_target), false) into stored, pointed_at
            from xapi_store(false, moment, ids, positions, personal, reliable, raws, keys, places);
        if stored <> cardinality(ids) or pointed_at then
            raise exception 'not all of these are new and apart' using errcode = 'LE002';
        end if;
    end $$;
"""
OLD = "select stored_at, raw from xapi_statementrecord_before order by stored_at, id"


def bring_over(apps, schema_editor):
    """Every statement of before, at the time it was stored."""
    from leer.xapi.actions import VERSION, ourselves
    from leer.xapi.statements.checking import check
    from leer.xapi.store.partitions import ensure_coming_years, ensure_years
    from leer.xapi.store.positions import EPOCH, MICROSECOND
    from leer.xapi.store.writing import Unit, write

    ensure_coming_years()
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        cursor.execute(OLD)
        before = defaultdict(list)
        for stored_at, raw in cursor.fetchall():
            before[stored_at].append(check(raw.encode(), version=VERSION))
    for year in {moment.year for moment in before}:
        ensure_years(year, year)
    for moment, facts in before.items():
        now = (moment - EPOCH) // MICROSECOND
        write([Unit(ourselves(), facts)], compare=False, now=now)


class Migration(migrations.Migration):

    dependencies = [("xapi", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARD, migrations.RunSQL.noop), migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop)],
            state_operations=[
                migrations.DeleteModel("StatementRecord"),
                migrations.CreateModel(
                    name='Mention',
                    fields=[
                        ('pk', models.CompositePrimaryKey('key', 'position', 'source', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('key', models.UUIDField()),
                        ('position', models.BigIntegerField()),
                        ('source', models.BigIntegerField()),
                    ],
                    options={
                        'verbose_name': 'vindplaats',
                        'verbose_name_plural': 'vindplaatsen',
                    },
                ),
                migrations.CreateModel(
                    name='StatementRecord',
                    fields=[
                        ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('statement_id', models.UUIDField()),
                        ('private', models.BooleanField()),
                        ('trusted', models.BooleanField()),
                        ('raw', models.TextField()),
                    ],
                    options={
                        'verbose_name': 'feit in het grootboek',
                        'verbose_name_plural': 'feiten in het grootboek',
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('iri', models.TextField()),
                ('type', models.TextField(blank=True, help_text='the IRI of its type')),
                ('definition', models.TextField(help_text='JSON')),
            ],
            options={
                'verbose_name': 'activiteit',
                'verbose_name_plural': 'activiteiten',
            },
        ),
        migrations.CreateModel(
            name='AttachmentFile',
            fields=[
                ('sha2', models.CharField(max_length=128, primary_key=True, serialize=False)),
                ('content', models.BinaryField()),
            ],
            options={
                'verbose_name': 'bijlage',
                'verbose_name_plural': 'bijlagen',
            },
        ),
        migrations.CreateModel(
            name='StatementId',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'id van een feit',
                'verbose_name_plural': "id's van feiten",
            },
        ),
        migrations.CreateModel(
            name='Credential',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60, unique=True)),
                ('secret_hash', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='naam')),
                ('scopes', models.JSONField(default=list, verbose_name='rechten')),
                ('activity_prefix', models.TextField(blank=True, verbose_name='alleen activiteiten die beginnen met')),
                ('trusted', models.BooleanField(default=False, verbose_name='telt mee voor voortgang')),
                ('rate_limit', models.PositiveIntegerField(blank=True, null=True, verbose_name='verzoeken per minuut')),
                ('version', models.CharField(choices=[('1.0.3', '1.0.3'), ('2.0.0', '2.0.0')], default='2.0.0', help_text='Voor antwoorden op een verzoek dat zelf geen versie noemt.', max_length=10, verbose_name='xAPI-versie')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='geldig tot')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='ingetrokken')),
            ],
            options={
                'verbose_name': 'sleutel',
                'verbose_name_plural': 'sleutels',
                'constraints': [models.CheckConstraint(condition=models.Q(('rate_limit__isnull', True), ('rate_limit__gt', 0), _connector='OR'), name='credential_rate_limit_positive', violation_error_message='Kies een getal boven nul, of laat het leeg.')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('context', models.UUIDField(db_index=True)),
                ('kind', models.CharField(choices=[('state', 'toestand'), ('activity-profile', 'profiel van een activiteit'), ('agent-profile', 'profiel van een persoon')], max_length=20)),
                ('activity', models.TextField(blank=True)),
                ('agent', models.TextField(blank=True)),
                ('registration', models.UUIDField(null=True)),
                ('name', models.TextField(help_text='stateId or profileId')),
                ('content_type', models.TextField()),
                ('content', models.BinaryField()),
                ('etag', models.CharField(max_length=40)),
                ('updated_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documenten',
                'indexes': [models.Index(fields=['agent'], name='document_agent')],
            },
        ),
        migrations.CreateModel(
            name='Reference',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('statement_id', models.UUIDField()),
                ('target', models.UUIDField()),
                ('voids', models.BooleanField()),
            ],
            options={
                'verbose_name': 'verwijzing',
                'verbose_name_plural': 'verwijzingen',
                'indexes': [models.Index(fields=['target'], name='reference_target'), models.Index(fields=['statement_id'], name='reference_statement')],
            },
        ),
        migrations.CreateModel(
            name='Usage',
            fields=[
                ('pk', models.CompositePrimaryKey('credential', 'minute', blank=True, editable=False, primary_key=True, serialize=False)),
                ('minute', models.BigIntegerField(help_text='minutes since 1970')),
                ('requests', models.PositiveIntegerField(default=0)),
                ('credential', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='xapi.credential')),
            ],
            options={
                'verbose_name': 'gebruik van een sleutel',
                'verbose_name_plural': 'gebruik van sleutels',
            },
        ),
        migrations.RunPython(bring_over, migrations.RunPython.noop),
        migrations.RunSQL("drop table xapi_statementrecord_before", migrations.RunSQL.noop),
    ]
