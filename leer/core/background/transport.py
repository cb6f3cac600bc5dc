"""A broker for Celery in the database that is there anyway: kombu's virtual transport.

Receiving a message removes it (``SKIP LOCKED``, so workers never wait for each other). That
may lose a message when a worker is killed; jobs are kept elsewhere and swept, so nothing else
is lost. For Redis or RabbitMQ set ``LEER_BROKER_URL``; nothing else changes.
"""

from queue import Empty
from typing import Any

from django.db import Error, InterfaceError, OperationalError, connection
from kombu.transport import virtual
from kombu.utils.json import dumps, loads

TAKE_ONE = """
    delete from core_brokermessage where id = (
        select id from core_brokermessage where queue = %s
        order by id for update skip locked limit 1
    ) returning body
"""


class Channel(virtual.Channel):
    """Queues are values of ``BrokerMessage.queue``; they need no declaring."""

    def _put(self, queue: str, message: Any, **kwargs: Any) -> None:
        self._execute(
            "insert into core_brokermessage (queue, body) values (%s, %s)", [queue, dumps(message)]
        )

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        rows = self._execute(TAKE_ONE, [queue], fetch=True)
        if not rows:
            raise Empty
        return loads(rows[0][0])

    def _size(self, queue: str) -> int:
        sql = "select count(*) from core_brokermessage where queue = %s"
        return int(self._execute(sql, [queue], fetch=True)[0][0])

    def _purge(self, queue: str) -> int:
        sql = "delete from core_brokermessage where queue = %s returning 1"
        return len(self._execute(sql, [queue], fetch=True))

    def _execute(self, sql: str, params: list[Any], *, fetch: bool = False) -> list[Any]:
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                return cursor.fetchall() if fetch else []
        except (OperationalError, InterfaceError):
            connection.close()  # so that the next try makes a new one
            raise


class Transport(virtual.Transport):
    """Registered as ``leerdb://`` in ``leer.celery``."""

    Channel = Channel
    driver_type = "postgresql"
    driver_name = "leerdb"
    polling_interval = 0.2
    default_port = 0
    connection_errors = (*virtual.Transport.connection_errors, Error)
    channel_errors = virtual.Transport.channel_errors
    implements = virtual.Transport.implements.extend(
        asynchronous=False, exchange_type=frozenset(["direct"])
    )

    def driver_version(self) -> str:
        """What this broker is, as Celery prints it."""
        return "1"

    def verify_alive(self) -> None:
        """Raise when the table of messages cannot be read."""
        with connection.cursor() as cursor:
            cursor.execute("select 1 from core_brokermessage limit 1")
