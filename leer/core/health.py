"""Which part ails: web, database, broker and worker, told apart."""

from collections.abc import Callable

from celery import current_app
from django.db import connection

from leer.core.background import pulse

OK, FAILS, UNKNOWN = "ok", "fails", "unknown"


def examine() -> dict[str, str]:
    """State per part. The web answers, so it is well; the worker's pulse is in the database."""
    database = _state(_database)
    worker = UNKNOWN if database != OK else _state(pulse.is_beating)
    return {"web": OK, "database": database, "broker": _state(_broker), "worker": worker}


def _state(check: Callable[[], bool]) -> str:
    try:
        return OK if check() else FAILS
    except Exception:
        return FAILS


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return True


def _broker() -> bool:
    with current_app.connection_for_read() as broker:
        broker.ensure_connection(max_retries=0, timeout=2)
        if verify := getattr(broker.transport, "verify_alive", None):
            verify()
    return True
