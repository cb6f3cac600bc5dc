"""A ledger of many people, each of whom did what one real person did: every fact, what it is found
by, and the rows of progress, in the order in which they would have come (everybody's first fact,
everybody's second, ...), so that one person's facts lie as far apart as in real use.

The one person goes through Leer's own actions; the others are that person's rows with other names,
written with ``COPY``.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from typing import Any

from django.db import connection

UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
SOMEBODY = b"@@@@@@@@@@@@"  # where the number of a person comes, twelve digits
PROGRESS = ("progress_moduleprogress", "progress_partprogress", "progress_attempt")


def multiply(user: Any, people: int) -> int:
    """So many people beside this one, who did the same; returns how many facts all have."""
    names = Names(user)
    facts = list(_facts(names))
    first = _add_people(people)
    for number, fact in enumerate(facts):
        _copy_fact(fact, number, people)
    for table in PROGRESS:
        _copy_progress(table, user, names, first, people)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    return len(facts) * (people + 1)


class Names:
    """What every UUID of the one person is called for another; those of the content stay."""

    def __init__(self, user: Any) -> None:
        self._user, self._tags = user, dict[bytes, bytes]()
        theirs = [str(user.actor_name)]
        theirs += _column("select registration::text from progress_moduleprogress")
        theirs += _column("select id::text from progress_attempt")
        theirs += _column("select statement_id::text from xapi_statementrecord")
        for number, one in enumerate(dict.fromkeys(theirs)):
            self._tags[one.encode()] = b"%08x-0000-4000-8000-" % number + SOMEBODY

    def in_place(self, text: bytes) -> bytes:
        """The text, with a place for somebody in every name."""
        return UUID.sub(lambda found: self._tags.get(found[0], found[0]), text)

    def keys(self) -> dict[str, str]:
        """Of every key that is of a person: what it is the hash of, with a place for somebody."""
        from leer.xapi.persons import at_account
        from leer.xapi.statements.keys import Kind, key

        values = [*at_account(str(self._user.actor_name)), *(one.decode() for one in self._tags)]
        return {
            key(kind, value): f"{kind} {self.in_place(value.encode()).decode()}"
            for kind in Kind
            for value in values
        }


class Fact:
    """One statement of the one person, as the lines of its rows."""

    def __init__(self, row: tuple[Any, ...], found_by: list[str], names: Names) -> None:
        statement_id, private, trusted, raw = row
        self.id = names.in_place(statement_id.encode())
        copied = raw.replace("\\", "\\\\")
        self.rest = b"\t%s\t%s\t" % (_flag(private), _flag(trusted))
        self.rest += names.in_place(copied.encode())
        of_somebody = names.keys()
        self.keys = [one.encode() for one in found_by if one not in of_somebody]
        self.to_hash = [of_somebody[one].encode() for one in found_by if one in of_somebody]


def _flag(value: bool) -> bytes:
    return b"t" if value else b"f"


def _facts(names: Names) -> Iterator[Fact]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select statement_id::text, private, trusted, raw, array("
            "  select replace(key::text, '-', '') from xapi_mention m where m.source = r.position"
            ") from xapi_statementrecord r order by position"
        )
        for *row, found_by in cursor.fetchall():
            yield Fact(tuple(row), found_by, names)


# Rows ---------------------------------------------------------------------------------------------
def _add_people(people: int) -> int:
    """Accounts; their actor names are the first of the names. Returns the first primary key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into accounts_user (password, is_superuser, username, first_name, last_name,"
            " email, is_staff, is_active, date_joined, actor_name, external_id)"
            " select '', false, 'p' || n, 'Sam', 'Voorbeeld', '', false, true, now(),"
            " ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'p' || n"
            " from generate_series(0, %s - 1) n order by n",
            [people],
        )
        cursor.execute("select id from accounts_user where username = 'p0'")
        return int(cursor.fetchone()[0])


def _copy_fact(fact: Fact, number: int, people: int) -> None:
    from leer.xapi.store.positions import first_at

    # From the first of this year on: the partitions of the ledger are years.
    first = first_at(datetime(datetime.now(tz=UTC).year, 1, 1, tzinfo=UTC)) + number * people
    everybody = [(first + n, b"%012x" % n) for n in range(people)]
    copy = partial(_copy, people=everybody)
    copy("xapi_statementid (position, id)", b"\t" + fact.id)
    copy(
        "xapi_statementrecord (position, statement_id, private, trusted, raw)",
        b"\t" + fact.id + fact.rest,
    )
    with _copying("xapi_mention (position, source, key)") as copied:
        for position, digits in everybody:
            for key in _keys_of(fact, digits):
                copied.write(b"%d\t%d\t%s\n" % (position, position, key))


def _keys_of(fact: Fact, digits: bytes) -> Iterator[bytes]:
    yield from fact.keys
    for text in fact.to_hash:
        said = text.replace(SOMEBODY, digits)
        yield blake2b(said, digest_size=16).hexdigest().encode()


def _copy(table: str, line: bytes, *, people: list[tuple[int, bytes]]) -> None:
    with _copying(table) as copied:
        for position, digits in people:
            copied.write(b"%d%s\n" % (position, line.replace(SOMEBODY, digits)))


def _copy_progress(table: str, user: Any, names: Names, first: int, people: int) -> None:
    """The rows of this table are the one person's; they get numbers of their own, unless a name is
    what numbers them.
    """
    columns = ", ".join(
        _column(
            "select column_name::text from information_schema.columns where table_name = %s"
            " and not (column_name = 'id' and data_type = 'bigint') and column_name <> 'user_id'",
            table,
        )
    )
    with (
        connection.cursor() as cursor,
        cursor.copy(
            f"copy (select {columns} from {table} where user_id = {user.pk:d}) to stdout"
        ) as copied,
    ):
        lines = [names.in_place(bytes(line)).rstrip(b"\n") for line in copied]
    for line in lines:
        everybody = [(first + n, b"%012x" % n) for n in range(people)]
        _copy(f"{table} (user_id, {columns})", b"\t" + line, people=everybody)


def _copying(table: str) -> Any:
    return connection.cursor().copy(f"copy {table} from stdin")


def _column(sql: str, *values: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [one for (one,) in cursor.fetchall()]
