"""Django's view of the toolbox."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Toolbox: background jobs, worker pulse, health."""

    name = "leer.core"
    label = "core"
    verbose_name = "Gereedschap"
