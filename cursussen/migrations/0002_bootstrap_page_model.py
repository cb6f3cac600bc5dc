"""Locale and translation key of the base page: they need tables that Wagtail makes after ours."""

from django.db import migrations
from wagtail.models import (
    BootstrapLocaleField,
    BootstrapTranslatableModel,
    BootstrapTranslationKeyField,
)


class Migration(migrations.Migration):
    dependencies = [
        ("cursussen", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        BootstrapLocaleField("cursussen.BasePage"),
        BootstrapTranslationKeyField("cursussen.BasePage"),
        BootstrapTranslatableModel("cursussen.BasePage"),
    ]
