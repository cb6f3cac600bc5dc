"""Django's view of the toolbox."""

from django.apps import AppConfig
from django.core.signals import request_started

from leer.core.sql import trust_what_just_answered


class CoreConfig(AppConfig):
    """Toolbox: background jobs, worker pulse, health."""

    name = "leer.core"
    label = "core"
    verbose_name = "Gereedschap"

    def ready(self) -> None:
        """After Django's own, which was there first."""
        request_started.connect(trust_what_just_answered)
