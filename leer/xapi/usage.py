"""Counting the requests of credentials that have a limit, for all processes together."""

import time

from leer.xapi.credentials import Client
from leer.xapi.store import database

_COUNT = """
    insert into xapi_usage (credential_id, minute, requests) values (%s, %s, 1)
    on conflict (credential_id, minute) do update set requests = xapi_usage.requests + 1
    returning requests
"""


def seconds_to_wait(client: Client) -> int:
    """Count this request; 0 when it is within the limit, else the seconds until the next minute."""
    if client.rate_limit is None:
        return 0
    minute, second = divmod(int(time.time()), 60)
    requests = database.rows(_COUNT, [client.credential_id, minute])[0][0]
    return 0 if requests <= client.rate_limit else 60 - second


def forget_old() -> None:
    """Remove the counts of minutes that are over."""
    database.execute("delete from xapi_usage where minute < %s", [int(time.time()) // 60 - 1])
