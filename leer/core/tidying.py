"""What was changed or removed, out of the database's files too."""

from collections.abc import Iterable

from django.db import connection


def vacuum(tables: Iterable[str], *, rewrite: bool = False) -> None:
    """PostgreSQL keeps the old version of a row until it is vacuumed, and samples of values in its
    statistics until they are made again. Does nothing inside a transaction: it cannot there.

    After that nobody can ask for the old rows, but their bytes may stand in the free room of a
    file until something else is written there. ``rewrite`` makes the files anew, without them;
    nobody can use a table meanwhile.
    """
    options = "full, analyze" if rewrite else "analyze"
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"vacuum ({options}) {connection.ops.quote_name(table)}")
