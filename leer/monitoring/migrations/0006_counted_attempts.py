"""Attempts at stories that were counted, one by one: until now a date per table told it."""

import django.db.models.deletion
from django.db import migrations, models

WHAT_WAS_COUNTED = """
insert into monitoring_countedattempt (attempt_id, counted_on)
select attempt.id, tally.until::date
from disclosure_tally tally
join progress_attempt attempt on tally.name = 'verhaal:' || attempt.version || ':eerste'
where attempt.kind = 'scenario'
  and least(coalesce(attempt.ended_at, attempt.started_at + interval '30 days'),
            attempt.started_at + interval '30 days') < tally.until
"""


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0001_initial'),
        ('monitoring', '0005_region_counts'),
        ('progress', '0008_elsewhere'),
    ]

    operations = [
        migrations.CreateModel(
            name='CountedAttempt',
            fields=[
                ('attempt', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='progress.attempt')),
                ('counted_on', models.DateField(db_index=True, verbose_name='geteld op')),
            ],
            options={
                'verbose_name': 'getelde poging',
                'verbose_name_plural': 'getelde pogingen',
            },
        ),
        migrations.RunSQL(WHAT_WAS_COUNTED, migrations.RunSQL.noop),
    ]
