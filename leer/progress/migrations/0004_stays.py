"""A row per stay in a module, and when a part was done last. Until a rebuild that is the first
time: what was done again before there were rounds counts for no round.
"""

from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def latest_is_first(apps, schema_editor):
    parts = apps.get_model("progress", "PartProgress").objects
    parts.update(latest_at=F("completed_at"))


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("progress", "0003_forgotten_beginnings"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="moduleprogress", name="module_progress_once"),
        migrations.AddConstraint(
            model_name="moduleprogress",
            constraint=models.UniqueConstraint(
                fields=("user", "module_key", "registration"), name="module_progress_once"
            ),
        ),
        migrations.AddField(
            model_name="partprogress", name="latest_at", field=models.DateTimeField(null=True)
        ),
        migrations.RunPython(latest_is_first, migrations.RunPython.noop),
    ]
