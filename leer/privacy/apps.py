"""Django's view of privacy."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """What is kept of persons, and who looked at it."""

    name = "leer.privacy"
    label = "privacy"
    verbose_name = "Privacy"
