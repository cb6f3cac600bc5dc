"""Which texts are about what somebody says. Plain Python.

A word says more when fewer texts have it and when a text says it more often, each time a little
less (the idf and the saturation of BM25F: Robertson and Zaragoza, 2009); a title and a summary
count as several times. A word that no text has stands for the words that mean the same, that it is
put together from, or that look or sound much like it. Beside the words counts how near the lines
of a text are in meaning, which is told by others (``meaning``).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from types import MappingProxyType

type Words = frozenset[str]
type Near = Mapping[str, float]  # of lines, how near they are in meaning; 1 is the same
type Meant = Mapping[str, float]  # words of the texts, with how surely or strongly they are meant

MEANS_THE_SAME = 0.7
PART_OF_A_WORD = 0.6
LOOKS_ALIKE = 0.8
SHORTEST_PART = 4
OFTEN = 2.0  # passages that say a word, for half of what it can be worth
LINE = 1.5  # how much it counts that one line says it all
MEANING = 10.0  # how much it counts that the nearest lines mean the same
NEAREST = 8  # lines of a text; one alone is near by chance
FAR = 0.2  # in meaning; what is farther has nothing to do with it
CLOSEST = 0.4  # from here a line is close enough to be told
ENOUGH = 0.3  # of the best score; less is noise
SHORTEST_SLIP = 4  # shorter words all look alike
SOUNDS = (
    ("ij", "ei"), ("ou", "au"), ("ch", "g"), ("ph", "f"), ("th", "t"), ("qu", "k"),
    ("c", "k"), ("x", "ks"), ("y", "i"),
)  # fmt: skip
DOUBLE = re.compile(r"(.)\1")
NOTHING: Near = MappingProxyType({})


@dataclass(frozen=True)
class Passage:
    """Something that a text says. ``weight``: how much a word counts that stands here. A ``line``
    is a situation, in words as people say them.
    """

    key: str
    words: Words
    weight: float
    line: str = ""


@dataclass(frozen=True)
class Hit:
    """A text that was found, and the situation in it that comes closest, if any does."""

    key: str
    score: float
    line: str


@dataclass(frozen=True)
class Index:
    """All passages of all texts."""

    passages: Sequence[Passage]
    synonyms: Sequence[Words] = ()

    def find(self, words: Iterable[str], near: Near = NOTHING) -> list[Hit]:
        """What is about these words, or near in meaning, the best first."""
        asked = [meant for word in sorted(words) if (meant := self._weighed(word))]
        hits = [self._hit(key, passages, asked, near) for key, passages in self._by_key.items()]
        best = max((hit.score for hit in hits), default=0.0)
        found = [hit for hit in hits if hit.score and hit.score >= ENOUGH * best]
        return sorted(found, key=lambda hit: (-hit.score, hit.key))

    def _hit(
        self, key: str, passages: Sequence[Passage], asked: Sequence[Meant], near: Near
    ) -> Hit:
        told = {one.line: self._told(asked, one) for one in passages if one.line}
        said = sum(_worth(meant, passages) for meant in asked)
        score = said + LINE * max(told.values(), default=0.0) + MEANING * _nearness(told, near)
        return Hit(key, score, _closest(told, near))

    def _weighed(self, word: str) -> Meant:
        """What this word stands for, each with how much it says."""
        return {one: sure * self._idf[one] for one, sure in self.meant_by(word).items()}

    def meant_by(self, word: str) -> Meant:
        """The words of the texts that this word stands for."""
        found = dict(self._same(word))
        if word in self._count:
            return found | {word: 1.0}
        return found or dict(self._parts(word)) or dict(self._alike(word))

    def _told(self, asked: Sequence[Meant], passage: Passage) -> float:
        """How much of what is asked this one line says, and of what it says is asked."""
        said = sum(_worth(meant, [passage]) for meant in asked)
        return said / sqrt(sum(self._idf[word] for word in passage.words)) if said else 0.0

    def _same(self, word: str) -> Iterator[tuple[str, float]]:
        for group in self.synonyms:
            if word in group:
                yield from ((one, MEANS_THE_SAME) for one in group if one in self._count)

    def _parts(self, word: str) -> Iterator[tuple[str, float]]:
        """*Containernummer* has *container*, and *pasje* is in *pas*."""
        for known in self._count:
            short, long = sorted((known, word), key=len)
            if len(short) >= SHORTEST_PART and (long.startswith(short) or long.endswith(short)):
                yield known, PART_OF_A_WORD
                yield from ((one, PART_OF_A_WORD * sure) for one, sure in self._same(known))

    def _alike(self, word: str) -> Iterator[tuple[str, float]]:
        """Who types on a telephone makes mistakes, and many write what they hear."""
        alike = {known for slip in _slips(word) for known in self._slips.get(slip, ())}
        for known in sorted(alike):
            if known in self._count:
                yield known, LOOKS_ALIKE
            yield from ((one, LOOKS_ALIKE * sure) for one, sure in self._same(known))

    @cached_property
    def _idf(self) -> Mapping[str, float]:
        texts = len(self._by_key)
        return {
            word: log(1 + (texts - count + 0.5) / (count + 0.5))
            for word, count in self._count.items()
        }

    @cached_property
    def _by_key(self) -> Mapping[str, Sequence[Passage]]:
        found: dict[str, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.key, []).append(passage)
        return found

    @cached_property
    def _count(self) -> Mapping[str, int]:
        """Of each word the number of texts that have it."""
        return Counter(
            word
            for passages in self._by_key.values()
            for word in frozenset().union(*(passage.words for passage in passages))
        )

    @cached_property
    def _slips(self) -> Mapping[str, Sequence[str]]:
        """The words that could have been meant, by what came out."""
        found: dict[str, list[str]] = {}
        for word in frozenset(self._count).union(*self.synonyms):
            for slip in _slips(word):
                found.setdefault(slip, []).append(word)
        return found


def _closest(told: Mapping[str, float], near: Near) -> str:
    """The line that comes closest, by its words and its meaning, if any does."""
    close = {line: said + near.get(line, 0.0) for line, said in told.items()}
    line = max(close, key=close.__getitem__, default="")
    return line if close.get(line, 0.0) >= CLOSEST else ""


def _nearness(lines: Iterable[str], near: Near) -> float:
    """How near in meaning the nearest lines are together, past what is too far to count."""
    nearest = sorted((near.get(line, 0.0) for line in lines), reverse=True)[:NEAREST]
    return max(0.0, sum(nearest) / NEAREST - FAR)


def _worth(meant: Meant, passages: Sequence[Passage]) -> float:
    """What a word is worth: more when more passages say it, each a little less than the last."""
    most = max(meant.values())
    said = sum(passage.weight * _said(meant, passage) for passage in passages)
    return most * said / (said + OFTEN * most)


def _said(meant: Meant, passage: Passage) -> float:
    """The most that this passage says of what is meant."""
    if passage.words.isdisjoint(meant):  # nearly always
        return 0.0
    return max(worth for word, worth in meant.items() if word in passage.words)


def _slips(word: str) -> Words:
    """How a word sounds, whole and with any one letter left out. Two words that share one of these
    differ by a letter: too many, too few, another, or two that changed places.
    """
    sound = _sound(word)
    if len(word) < SHORTEST_SLIP:
        return frozenset({sound})
    return frozenset({sound, *(sound[:at] + sound[at + 1 :] for at in range(len(sound)))})


def _sound(word: str) -> str:
    """The same for words that sound the same, and for a letter that was typed twice."""
    for letters, heard in SOUNDS:
        word = word.replace(letters, heard)
    return DOUBLE.sub(r"\1", word)
