# SPDX-License-Identifier: EUPL-1.2
"""Which marks a text may hold: paragraphs, ``*nadruk*``, ``**sterk**`` and ``- `` lists.

Chapbook passes a passage through its inserts and then through Markdown with raw HTML, so much
more than that would do something in Twine. Whatever would do something there and nothing in Leer
is refused, so that the two can't show a different story (klembot/chapbook, ``src/runtime/
template/``: ``parse.ts``, ``render-inserts.ts``, ``links.ts``, ``render-parsed.ts``).
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from leer.scenarios.engine.problems import Problem, problem
from leer.scenarios.engine.source import Line


class Mark(NamedTuple):
    """A forbidden mark: how it is found, what it is called, and what to do instead."""

    pattern: re.Pattern[str]
    what: str
    mend: str


def _marks(*rows: tuple[str, str, str]) -> tuple[Mark, ...]:
    return tuple(Mark(re.compile(pattern), what, mend) for pattern, what, mend in rows)


# At the beginning of a line. "-" or "=" alone under a line makes that line a heading in Markdown.
LINE_MARKS = _marks(
    (r"#", "een kop", "Begin de regel met gewone tekst."),
    (r">", "een blok met >", "Begin de regel met gewone tekst."),
    (r"[*+](\s|$)", "een lijst met * of +", "Gebruik - voor een lijst."),
    (r"\d{1,9}[.)](\s|$)", "een genummerde lijst", "Gebruik - voor een lijst."),
    (r"[-=]+$|(-\s*){3,}$|(\*\s*){3,}$|(_\s*){3,}$", "een lijn", "Haal de regel weg."),
    (r" +[-*+]\s", "een lijst in een lijst", "Haal de spaties voor het streepje weg."),
    (r" {4}|\t| +\t", "een ingesprongen regel", "Haal de spaties aan het begin weg."),
)

INLINE_MARKS = _marks(
    (r"<[A-Za-z/!?]", "HTML", "Schrijf gewone tekst; voor nadruk *zo*."),
    (r"&#?\w+;", "een HTML-teken", "Typ het teken zelf."),
    (r"[{}]", "een accolade (een Chapbook-invoeging)", "Haal de accolade weg."),
    (r"[\[\]]", "een vierkante haak", "Gebruik ronde haken; een keuze staat op een eigen regel."),
    (r"`", "een accent grave (code)", "Gebruik gewone aanhalingstekens."),
    (r"~~", "~~", "Haal de tekens weg."),
    (r"_", "een liggend streepje", "Schrijf nadruk als *nadruk*."),
    (r"\*{3,}", "drie sterretjes of meer", "Schrijf *nadruk* of **sterke nadruk**."),
    (r"\\", "een schuine streep naar achteren", "Haal de streep weg."),
    (r"\|", "een verticale streep", "Haal de streep weg."),
    (r"\b(?:https?|ftp|mailto):|\bwww\.", "een webadres", "Noem de plek in woorden."),
    (r"\w@\w", "een e-mailadres", "Noem de persoon of afdeling in woorden."),
)

# Chapbook's own guide: no formatting inside a simple link. Twine's editor splits a link at "->"
# and at "<-", Chapbook at the first of "|", "->" and "<-".
CHOICE_MARKS = INLINE_MARKS + _marks(
    (r"\*", "nadruk in een keuze", "Haal de sterretjes weg."),
    (r"->|<-", "een pijl in de tekst van een keuze", "Gebruik één pijl, vlak voor het doel."),
)

EMPHASIS = re.compile(r"\*\*(?=\S)[^*]+(?<=\S)\*\*|\*(?=\S)[^*]+(?<=\S)\*")


def forbidden(text: str, marks: Iterable[Mark], line: int, passage: str) -> Iterator[Problem]:
    """Yield the forbidden marks found anywhere in the text."""
    for mark in marks:
        if mark.pattern.search(text):
            yield _forbidden(mark, line, passage)


def line_problems(line: Line, passage: str) -> list[Problem]:
    """Return the forbidden marks in one line of story text."""
    starts = [mark for mark in LINE_MARKS if mark.pattern.match(line.text)]
    inline = forbidden(line.text, INLINE_MARKS, line.number, passage)
    return [*(_forbidden(mark, line.number, passage) for mark in starts[:1]), *inline]


def emphasis_problems(paragraph: str, line: int, passage: str) -> list[Problem]:
    """Return a problem when an asterisk in the paragraph has no partner."""
    rest = EMPHASIS.sub("", EMPHASIS.sub("", paragraph))
    return [problem("emphasis-open", line=line, passage=passage)] if "*" in rest else []


def _forbidden(mark: Mark, line: int, passage: str) -> Problem:
    return problem("markup-forbidden", line=line, passage=passage, what=mark.what, mend=mark.mend)
