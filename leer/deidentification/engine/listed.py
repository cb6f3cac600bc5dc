"""What is found because it is on a list: terminals, teams, rare functions, places of work."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from leer.deidentification.engine.findings import Found, Kind, Lists
from leer.deidentification.engine.lexicon import own


def find(text: str, lists: Lists) -> Iterator[Found]:
    """Everything of our own lists and of the organisation's."""
    for kind, names, as_written in (
        (Kind.TERMINAL, (*_ours("terminals.txt"), *lists.terminals), True),
        (Kind.JOB_TITLE, (*_ours("job_titles.txt"), *lists.job_titles), False),
        (Kind.TEAM, lists.teams, False),
        (Kind.PLACE, lists.places, False),
    ):
        pattern = _pattern(tuple(names), as_written)
        for match in pattern.finditer(text) if pattern else ():
            yield Found(*match.span(), kind)


@cache
def _ours(name: str) -> tuple[str, ...]:
    return tuple(own(name))


@cache
def _pattern(names: tuple[str, ...], as_written: bool) -> re.Pattern[str] | None:
    """One pattern for all; the longest first. In small letters *rst* is no terminal, and what is
    behind a dash goes with the name: *de ECT-terminal* must not become *een terminal-terminal*.
    """
    if not names:
        return None
    ends = r"(?:[\s-][Tt]erminals?)?" if as_written else "(?:s|en|n|'s)?"
    joined = "|".join(_words(name) for name in sorted(names, key=len, reverse=True))
    flags = 0 if as_written else re.IGNORECASE
    return re.compile(rf"(?<!\w)(?:{joined}){ends}(?![^\W_])", flags)


def _words(name: str) -> str:
    """The name, however its words are bound: by spaces, dashes or the end of a line."""
    words: Iterable[str] = re.split(r"[\s_-]+", name)
    return r"[\s_-]+".join(re.escape(word) for word in words)
