"""Django's view of delivery."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """See the package's own story."""

    name = "leer.delivery"
    label = "delivery"
