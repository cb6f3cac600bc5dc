"""Django's view of scenarios."""

from django.apps import AppConfig


class ScenariosConfig(AppConfig):
    """Scenarios and their immutable versions."""

    name = "leer.scenarios"
    label = "scenarios"
    verbose_name = "Scenario's"
