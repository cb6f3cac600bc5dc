"""The words that matter in a text."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from leer.core import sql

QUERY = """
    select array(select lexeme from unnest(to_tsvector('dutch', text)))
      from unnest(%s::text[]) with ordinality as given (text, number) order by number
"""
SYNONYMS = Path(__file__).with_name("synonyms.txt")
type Words = frozenset[str]


def words_of(texts: Sequence[str]) -> list[Words]:
    """Of each text the stems of its words, without accents; one query for all."""
    return [frozenset(found) for (found,) in sql.rows(QUERY, [[_plain(one) for one in texts]])]


@cache
def synonyms() -> tuple[Words, ...]:
    """Words that stand for each other when somebody looks for something, as stems."""
    lines = SYNONYMS.read_text().splitlines()
    return tuple(words_of([line for line in lines if line and not line.startswith("#")]))


def _plain(text: str) -> str:
    """Letters without accents, and a space for each dash: *e-mail* is found as *mail*."""
    letters = unicodedata.normalize("NFKD", text.replace("\0", " ").replace("-", " "))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
