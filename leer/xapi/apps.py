"""Django's view of the ledger."""

from django.apps import AppConfig


class XapiConfig(AppConfig):
    """The ledger of xAPI statements."""

    name = "leer.xapi"
    label = "xapi"
    verbose_name = "Grootboek (xAPI)"
