"""Django's view of progress."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Attempts and completions, projected from the ledger."""

    name = "leer.progress"
    label = "progress"
    verbose_name = "Voortgang"

    def ready(self) -> None:
        """Listen to facts from outside that count."""
        from leer.progress.outside import take_over
        from leer.xapi.api import trusted_statements

        trusted_statements.connect(take_over, dispatch_uid="progress-outside")
