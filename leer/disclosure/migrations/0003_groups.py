"""A group is released with the people who are taken in together; it has no counts of its own. What
was shown of one stays.
"""

from django.db import migrations


def forget_counts_of_groups(apps, schema_editor):
    apps.get_model('disclosure', 'Tally').objects.exclude(inside='').delete()


class Migration(migrations.Migration):

    dependencies = [
        ('disclosure', '0002_inside'),
    ]

    operations = [
        migrations.RunPython(forget_counts_of_groups, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='tally',
            name='dealt',
        ),
        migrations.RemoveField(
            model_name='tally',
            name='inside',
        ),
    ]
