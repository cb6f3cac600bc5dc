"""Django's view of the organisation."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Teams, functions, memberships."""

    name = "leer.organisation"
    label = "organisation"
    verbose_name = "Organisatie"
