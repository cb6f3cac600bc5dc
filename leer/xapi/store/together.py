"""Many requests, one commit.

What costs most of storing one statement is the commit: the database waits for the disk. So
requests that arrive while another one commits are committed together after it.
"""

from collections.abc import Iterator, Sequence

from django.db import OperationalError

from leer.xapi.store.writing import Unit, write

MOST_FACTS = 500  # in one commit


def write_each(units: Sequence[Unit]) -> list[Exception | None]:
    """Store each of these, or tell why not: ``None`` for a unit that is stored.

    As one transaction where that can be; one by one where it fails, so that one cannot spoil
    another's.
    """
    return [outcome for some in _divided(units) for outcome in _write_some(some)]


def _write_some(units: Sequence[Unit]) -> list[Exception | None]:
    if len(units) > 1:
        try:
            write(units)
        except OperationalError as error:  # the database is away: for everybody
            return [error] * len(units)
        except Exception:  # noqa: S110 (comes again below, for whom it concerns)
            pass
        else:
            return [None] * len(units)
    return [_write_alone(unit) for unit in units]


def _write_alone(unit: Unit) -> Exception | None:
    try:
        write([unit])
    except Exception as error:
        return error  # raised where the unit came from
    return None


def _divided(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """In portions that are not too large for one commit."""
    portion: list[Unit] = []
    facts = 0
    for unit in units:
        if portion and facts + len(unit.facts) > MOST_FACTS:
            yield portion
            portion, facts = [], 0
        portion.append(unit)
        facts += len(unit.facts)
    if portion:
        yield portion
