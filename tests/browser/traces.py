"""What Leer has kept: every table, every counter, every file. Compared before and after."""

import hashlib
from pathlib import Path

from psycopg import sql

from tests.browser.instance import Instance

# PostgreSQL writes this by the clock, whatever anybody does.
BY_THE_CLOCK = ("checkpoint", "autovacuum")


def traces(leer: Instance) -> dict[str, str]:
    """A digest of everything that is kept, by name."""
    return _tables(leer) | _files(leer.data) | {"said": leer.said.read_text()}


def left_by(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[str, str]]:
    """What differs, with both states."""
    return {
        name: (before.get(name, ""), after.get(name, ""))
        for name in before.keys() | after.keys()
        if before.get(name) != after.get(name)
    }


def _tables(leer: Instance) -> dict[str, str]:
    found = {}
    with leer.database() as connection:
        names = connection.execute(
            "select schemaname, tablename from pg_tables"
            " where schemaname not in ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table in names:
            query = sql.SQL(
                "select count(*), md5(string_agg(md5(t::text), '' order by md5(t::text))) from {} t"
            ).format(sql.Identifier(schema, table))
            found[f"table {schema}.{table}"] = str(connection.execute(query).fetchone())
        # A row that was put in and taken out again still moved its counter.
        counters = connection.execute(
            "select schemaname || '.' || sequencename, last_value from pg_sequences"
        ).fetchall()
    return found | {f"counter {name}": str(value) for name, value in counters}


def _files(data: Path) -> dict[str, str]:
    """Everything outside the database's own files, and the database's log."""
    log = data / "postgres" / "log"
    found = {
        str(path.relative_to(data)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data.rglob("*"))
        if path.is_file() and data / "postgres" not in path.parents
    }
    lines = log.read_text().splitlines() if log.is_file() else []
    said = [line for line in lines if not any(word in line for word in BY_THE_CLOCK)]
    return found | {"log of the database": "\n".join(said)}
