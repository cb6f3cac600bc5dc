"""Django's view of the demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Commands only."""

    name = "leer.demo"
    label = "demo"
    verbose_name = "Voorbeeldorganisatie"
