"""Django's view of the organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Teams, functions, memberships."""

    name = "leer.organisation"
    label = "organisation"
    verbose_name = "Organisatie"

    def ready(self) -> None:
        """Who stands in for a leader holds that role for a time."""
        from leer.accounts.roles import HELD_FOR_A_TIME
        from leer.organisation.deputies import HOLDS_ROLE

        HELD_FOR_A_TIME.append(HOLDS_ROLE)
