"""Django's view of de-identification."""

from django.apps import AppConfig


class DeidentificationConfig(AppConfig):
    """What could give somebody away in a text."""

    name = "leer.deidentification"
    label = "deidentification"
    verbose_name = "Onherkenbaar maken"
