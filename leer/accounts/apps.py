"""Django's view of accounts."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Accounts; the role groups are made after every migrate."""

    name = "leer.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Keep the groups in step with ``Role``."""
        from leer.accounts.roles import create_groups

        post_migrate.connect(create_groups, sender=self)
