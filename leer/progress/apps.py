"""Django's view of progress."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Attempts and completions, projected from the ledger."""

    name = "leer.progress"
    label = "progress"
    verbose_name = "Voortgang"
