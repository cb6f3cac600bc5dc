"""Years of which nothing is left: their partitions go, with what PostgreSQL kept to know them by
(its statistics of a table stay as they were when the last row goes).
"""

import logging

from django.db import OperationalError, connection, transaction

from leer.xapi.store import partitions

log = logging.getLogger(__name__)
PATIENCE = "2s"  # others wait behind us: rather try again tomorrow

_YEARS = """
    select right(child.relname, 4)::int from pg_inherits
    join pg_class child on child.oid = inhrelid
    where inhparent = 'xapi_statementrecord'::regclass and child.relname ~ '_[0-9]{4}$'
    order by 1
"""


def drop_empty_years(*, before: int) -> list[int]:
    """Drop what is empty of the years before this one; gives the years that went."""
    with connection.cursor() as cursor:
        cursor.execute(_YEARS)
        years = [year for (year,) in cursor.fetchall() if year < before]
    return [year for year in years if _drop_if_empty(year)]


def _drop_if_empty(year: int) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"set local lock_timeout = '{PATIENCE}'")
            cursor.execute(f"select exists (select from xapi_statementrecord_{year})")  # noqa: S608
            if cursor.fetchone()[0]:
                return False
            partitions.drop_year(year)
    except OperationalError:
        log.info("year %s is in use and stays until tomorrow", year)
        return False
    return True
