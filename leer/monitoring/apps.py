"""Django's view of monitoring."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Team pages and reminders."""

    name = "leer.monitoring"
    label = "monitoring"
    verbose_name = "Volgen"
