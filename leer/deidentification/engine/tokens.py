"""The words of a text, and what stands before each: whether it opens a sentence."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from itertools import pairwise

from leer.deidentification.engine.lexicon import words_of

# O'Brien and d'Hondt are one word; Gerrit-Jan is two that are bound.
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]{2,})*")
OPENS = re.compile(r"""[.!?:…\n\t•*>][\s"'(\[*–-]*$|["(\[]$|(?:^|\s)'$""")
LONGEST_GAP = 40
"""As far back as a look for the end of a sentence goes."""
BEHIND_ELISION = re.compile(r"[dl]'[A-ZÀ-Þ]")
# A dot behind these ends no sentence.
SHORT = words_of("short.txt")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the searchable text."""

    text: str
    start: int
    end: int
    before: str
    """What stands between it and the word before."""
    opens: bool
    """Whether it is the first of a sentence, a line or a quotation."""

    @property
    def capital(self) -> bool:
        """Whether it is written as a name would be."""
        return self.text[0].isupper() or BEHIND_ELISION.match(self.text) is not None

    @property
    def shouted(self) -> bool:
        """Whether it is all capitals, which says nothing."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def small(self) -> str:
        """The word as it is looked up."""
        return self.text.lower()

    @property
    def initial(self) -> bool:
        """Whether it is one capital letter."""
        return len(self.text) == 1 and self.capital


def tokens_of(text: str, whole: Set[str] = frozenset()) -> list[Token]:
    """The words in order; those of ``whole`` stay in one piece: *WhatsApp*."""
    tokens: list[Token] = []
    for start, end in _edges(text, whole):
        last = tokens[-1] if tokens else None
        before = text[last.end if last else 0 : start]
        tokens.append(Token(text[start:end], start, end, before, _opens(last, before)))
    return tokens


def _edges(text: str, whole: Set[str]) -> Iterator[tuple[int, int]]:
    for match in WORD.finditer(text):
        word = match.group()
        cuts = [] if word in whole else _humps(word)
        bounds = [0, *cuts, len(word)]
        for begin, end in pairwise(bounds):
            yield match.start() + begin, match.start() + end


def _humps(word: str) -> list[int]:
    """Where a capital inside a word begins another one: FotoJanDeVries, but not McDonald."""
    return [
        at
        for at in range(1, len(word))
        if word[at].isupper() and word[at - 1].islower() and word[:at] not in {"Mc", "Mac"}
    ]


def _opens(last: Token | None, before: str) -> bool:
    if last is None:
        return True
    if before.strip() == "." and (last.initial or last.small in SHORT):
        return False
    return OPENS.search(before[-LONGEST_GAP:]) is not None
