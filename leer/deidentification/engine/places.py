"""Towns, harbours and whatever else a map knows by name."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from leer.deidentification.engine.findings import Found, Kind
from leer.deidentification.engine.lexicon import Lexicon, words_of
from leer.deidentification.engine.names import TITLES
from leer.deidentification.engine.tokens import Token

LONGEST = 5
"""*Krimpen aan den IJssel* has four words; a dash makes one more."""
WHERE = words_of("where.txt")
"""Behind these a word with a capital is rather a place than a person."""


@dataclass(frozen=True)
class Places:
    """The places in the words of one text."""

    text: str
    tokens: Sequence[Token]
    lexicon: Lexicon
    not_names: Set[str]

    def find(self) -> Iterator[Found]:
        """Each place once, the longest name of it."""
        at = 0
        while at < len(self.tokens):
            count = self._length(at)
            if count:
                last = self.tokens[at + count - 1]
                yield Found(self._start(at), last.end, Kind.PLACE)
            at += count or 1

    def _length(self, at: int) -> int:
        """How many words from here are the name of a place."""
        for count in range(min(LONGEST, len(self.tokens) - at), 1, -1):
            if self.lexicon.is_place(self._written(at, at + count)) and self._stands_out(at, count):
                return count
        return 1 if self._is_place(at) else 0

    def _stands_out(self, at: int, count: int) -> bool:
        """*De Kade* is a village, *de kade* and *De kade* are not."""
        words = self.tokens[at : at + count]
        if count == 2 and words[0].small == "de" and words[1].small in self.lexicon.surnames:
            where = at > 0 and self.tokens[at - 1].small in WHERE
            return where and words[1].capital
        return any(
            (word.capital and not word.opens) or not self.lexicon.is_usual(word.small)
            for word in words[1:]
        )

    def _is_place(self, at: int) -> bool:
        token = self.tokens[at]
        if at > 0 and self.tokens[at - 1].small in TITLES:
            return False
        if token.text in self.not_names or len(token.text) == 1:
            return False
        where = at > 0 and self.tokens[at - 1].small in WHERE
        if not self.lexicon.is_place(token.small):
            return where and self._is_unknown_name(token)
        if not token.capital or token.opens:
            return not self.lexicon.is_word(token.small) and self._rather_a_place(token, where)
        return self._rather_a_place(token, where)

    def _is_unknown_name(self, token: Token) -> bool:
        """A capital without reason, and nobody is called so: *in Spijkernisse*."""
        known = self.lexicon.is_name(token.small) or self.lexicon.is_word(token.small)
        return token.capital and not token.opens and not token.shouted and not known

    def _rather_a_place(self, token: Token, where: bool) -> bool:
        return where or not self.lexicon.is_first_name(token.small)

    def _written(self, at: int, end: int) -> str:
        return " ".join(self.text[self._start(at) : self.tokens[end - 1].end].split())

    def _start(self, at: int) -> int:
        """*'s-Hertogenbosch* begins before its first letter."""
        start = self.tokens[at].start
        quoted = self.tokens[at].text in {"s", "t"} and self.text[start - 1 : start] == "'"
        return start - 1 if quoted else start
