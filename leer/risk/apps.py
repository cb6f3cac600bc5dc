"""Django's view of risk."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    """Risk profiles of teams (class D)."""

    name = "leer.risk"
    label = "risk"
    verbose_name = "Risico van teams"
