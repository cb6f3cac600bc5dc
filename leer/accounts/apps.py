"""Django's view of accounts."""

from django.apps import AppConfig
from django.core.signals import request_started
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    """Accounts; the role groups are made after every migrate."""

    name = "leer.accounts"
    label = "accounts"
    verbose_name = "Accounts"

    def ready(self) -> None:
        """Keep the groups in step with ``Role``, and whose session it is with its request."""
        from leer.accounts.roles import create_groups
        from leer.accounts.sessions import forget_just_found

        post_migrate.connect(create_groups, sender=self)
        request_started.connect(forget_just_found)
