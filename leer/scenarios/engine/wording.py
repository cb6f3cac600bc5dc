# SPDX-License-Identifier: EUPL-1.2
"""Words that ask for a second look: hard to read, or perhaps the name of somebody real.

Both are simple patterns and say no more than they see. Long sentences and long words are what
makes a text harder than B1 most often; a text without them need not be B1. A first name alone is
what a story needs; a title or a first name with a surname looks like a person who exists.
"""

import re
from collections.abc import Iterator

MOST_WORDS_IN_SENTENCE = 25
LONG_WORD = 20
SHOWN_WORDS = 5

SENTENCE_END = re.compile(r"(?<=[.!?…])[’”\"')*]*\s+|\n\s*(?:[-*]\s+)?")
WORD = re.compile(r"[^\W\d_]+")

TITLES = (
    "meneer mijnheer mevrouw juffrouw heer miss inspecteur agent rechercheur officier wethouder "
    "burgemeester"
)
SHORT_TITLES = "mevr dhr mw mr mrs ms dr drs ing ir prof"
FIRST_NAMES = (
    "Aad Adam Ahmed Ali Amir Anna Anne Annemarie Anouk Arjan Bart Bas Ben Bram Carla Cees Chris "
    "Daan Dennis Dick Eline Els Emma Erik Esther Eva Fatima Femke Frank Frans Fred Gerard Gert "
    "Gijs Hanna Hans Harry Hassan Henk Ibrahim Ingrid Iris Jaap Jan Janneke Jasper Jeroen Jesse "
    "Joep Johan John Joost Joris Karel Karin Kees Kim Klaas Koen Lars Laura Leo Linda Lisa Lotte "
    "Luuk Maarten Marc Maria Marieke Marijke Mark Marloes Martijn Martin Mehmet Michael Michiel "
    "Mieke Milan Mohamed Mohammed Monique Mustafa Nina Noor Olga Omar Patrick Paul Peter Petra "
    "Piet Pieter Remco Rick Rob Robert Roos Ruben Ruud Samira Sander Sanne Sara Sem Sjaak Sjoerd "
    "Sofie Stefan Sven Theo Thijs Thomas Tim Tom Ton Wendy Willem Wim Wouter Yasmin Youssef Yusuf"
)


def _either(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


BETWEEN = r"(?:(?:[Vv]an|[Dd]en?|[Dd]er|[Tt]e[nr]?|[Hh]et|’t|'t|[Ee]l|[Bb]en)\s+){0,3}"
SURNAME = r"[A-ZÀ-Þ][a-zß-ÿ]+(?:-[A-ZÀ-Þ][a-zß-ÿ]+)?"
NAME = re.compile(
    rf"\b(?:(?i:{_either(TITLES)})|(?i:{_either(SHORT_TITLES)})\.?|{_either(FIRST_NAMES)})"
    rf"[ \t]+{BETWEEN}(?!{_either(FIRST_NAMES)}\b){SURNAME}(?!\w)"
)


def long_sentences(text: str) -> Iterator[tuple[str, int]]:
    """Yield the beginning of each sentence that is long, and how many words it has."""
    for sentence in SENTENCE_END.split(text):
        words = [word for word in sentence.split() if any(map(str.isalnum, word))]
        if len(words) > MOST_WORDS_IN_SENTENCE:
            yield " ".join(words[:SHOWN_WORDS]), len(words)


def long_words(text: str) -> Iterator[str]:
    """Yield each word that is long."""
    yield from (word for word in WORD.findall(text) if len(word) >= LONG_WORD)
