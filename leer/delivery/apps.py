"""Django's view of delivery."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """See the package's own story."""

    name = "leer.delivery"
    label = "delivery"

    def ready(self) -> None:
        """Listen to parts that were finished elsewhere; count for editors who read what."""
        from cursussen import api as content
        from leer.delivery import outside
        from leer.progress import api as progress

        progress.parts_finished_outside.connect(outside.follow, dispatch_uid="delivery-outside")
        content.provide_counts(progress.acknowledged_by_version)
