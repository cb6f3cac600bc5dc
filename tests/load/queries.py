"""How many queries something takes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Queries:
    """Queries of one operation: usually, at most, and with nothing in the cache.

    ``transaction`` counts BEGIN, COMMIT and savepoints, which are not in the others.
    """

    usual: int
    most: int
    cold: int
    transaction: int
    sql: tuple[str, ...]
    sql_of_most: tuple[str, ...]
