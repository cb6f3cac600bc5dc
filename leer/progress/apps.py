"""Django's view of progress."""

from django.apps import AppConfig


class ProgressConfig(AppConfig):
    """Attempts and completions, projected from the ledger."""

    name = "leer.progress"
    label = "progress"
    verbose_name = "Voortgang"

    def ready(self) -> None:
        """Listen to facts from outside that count, and to facts that go."""
        from leer.progress import forgetting
        from leer.progress.outside import take_over
        from leer.xapi import api as xapi

        xapi.trusted_statements.connect(take_over, dispatch_uid="progress-outside")
        xapi.person_leaving.connect(forgetting.ask, dispatch_uid="progress-person-leaving")
        xapi.person_left.connect(forgetting.forget, dispatch_uid="progress-person-left")
        xapi.facts_changed.connect(forgetting.follow, dispatch_uid="progress-facts-changed")
