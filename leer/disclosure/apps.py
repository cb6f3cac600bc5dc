"""Django's view of disclosure."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Aggregates about people, made fit to show."""

    name = "leer.disclosure"
    label = "disclosure"
    verbose_name = "Cijfers over groepen"

    def ready(self) -> None:
        """A threshold below five is refused."""
        from leer.disclosure import checks  # noqa: F401
