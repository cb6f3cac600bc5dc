"""The years of the ledger: a partition of each table that is divided by time."""

from datetime import UTC, datetime

from django.db import connection

from leer.xapi.store.positions import first_at

DIVIDED = ("xapi_statementrecord", "xapi_mention")
AHEAD = 2  # years that are ready before they begin


def ensure_years(first: int, last: int) -> None:
    """Make the partitions of these years where they are not there yet."""
    with connection.cursor() as cursor:
        for table in DIVIDED:
            for year in range(first, last + 1):
                cursor.execute(
                    f"create table if not exists {table}_{year} partition of {table}"
                    f" for values from ({_start(year)}) to ({_start(year + 1)})"
                )


def ensure_coming_years() -> None:
    """This year and the ones that come."""
    year = datetime.now(UTC).year
    ensure_years(year, year + AHEAD)


def drop_year(year: int) -> None:
    """Take a whole year out of the ledger, with its ids and references. There is no way back."""
    span = [_start(year), _start(year + 1)]
    with connection.cursor() as cursor:
        for table in DIVIDED:
            cursor.execute(f"drop table if exists {table}_{year}")
        for table in ("xapi_statementid", "xapi_reference"):
            cursor.execute(
                f"delete from {table} where position >= %s and position < %s",  # noqa: S608
                span,
            )


def _start(year: int) -> int:
    return first_at(datetime(year, 1, 1, tzinfo=UTC))
