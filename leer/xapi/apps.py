"""Django's view of the ledger."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class XapiConfig(AppConfig):
    """The ledger of xAPI statements."""

    name = "leer.xapi"
    label = "xapi"
    verbose_name = "Grootboek (xAPI)"

    def ready(self) -> None:
        """Queries of the ledger are prepared, and planned once."""
        connection_created.connect(_plan_once, dispatch_uid="xapi-plan-once")


def _plan_once(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Planning the same query anew takes longer than running it (measured: 1 ms and 0.2 ms).

    Only prepared statements are meant by this, and only the ledger prepares.
    """
    with connection.cursor() as cursor:
        cursor.execute("set plan_cache_mode = force_generic_plan")
