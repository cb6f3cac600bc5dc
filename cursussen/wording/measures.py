"""Plain measures of Dutch. They say no more than they count: a text without hard sentences need
not be B1, but a text full of them is not. Plain Python; why these: docs/developers/wording.md.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MOST_WORDS = 20
MOST_BETWEEN = 9
"""Words between *heeft* and *gedaan*: more, and a reader has let go of the first."""
MOST_NOUNS = 3
MOST_SYLLABLES = 6
LONG_WORD = 18
B1, B2 = 70, 60
"""Douma's ease of our own cases and lessons lies above the first; the second is ordinary prose."""
FEW = 0.15
"""The share of hard sentences up to which a text reads easily."""

SENTENCE_END = re.compile(r"(?<=[.!?…])[’”\"')]*\s+(?=[‘“\"'(]*[A-ZÀ-Þ0-9’])|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
CLAUSE_END = re.compile(r"[,;:()–—]")
PART_END = re.compile(r"[,;:()–—]|\b(?:en|of|maar|want|om|dan)\b")
OUR_WORDS = frozenset({"vertrouwenspersoon", "vertrouwenspersonen", "integriteitsbureau"})
"""Long, and everybody here knows them: where to go for help."""
# Two vowels that are one sound; a vowel with dots begins another syllable.
SOUND = re.compile(
    r"aai|ooi|oei|eau|eeu|ieu|auw|ouw|aa|ee|oo|uu|ie|oe|eu|ei|ij|ui|au|ou|[aeiouyàáâèéêëìíîïòóôöùúûü]"
)
PASSIVE = frozenset({"wordt", "worden", "werd", "werden"})
FINITE = PASSIVE | frozenset(
    {
        "heeft", "hebben", "hebt", "heb", "had", "hadden", "is", "zijn", "was", "waren", "kan",
        "kunnen", "kunt", "moet", "moeten", "mag", "mogen", "zal", "zullen", "zult", "dient",
        "dienen", "wil", "willen", "zou", "zouden", "kon", "konden", "moest", "moesten",
    }
)  # fmt: skip
PARTICIPLE = re.compile(
    r"(?:(?:aan|af|bij|door|in|mee|na|om|op|over|toe|uit|voor|weg|terug|vast)?ge\w{2,}(?:d|t|en)"
    r"|(?:be|ver|ont|her|er)\w{3,}(?:d|t))"
)
INFINITIVE_OR_PARTICIPLE = re.compile(rf"{PARTICIPLE.pattern}|\w{{3,}}(?:en|aan|zien)")
BE = frozenset({"is", "zijn", "was", "waren"})
NOUN = re.compile(r"\w{3,}(?:ing|ingen|heid|heden|atie|aties|iteit|iteiten|ment|menten)")
NO_NOUN = frozenset({"ding", "dingen", "ging", "gingen", "hing", "hingen", "kring", "ring"})
VERB_AS_NOUN = re.compile(r"\bhet (?:\w+en) van\b", re.IGNORECASE)


class Why(StrEnum):
    """What makes a sentence hard."""

    LONG = "long"
    WORDS = "words"
    STIFF = "stiff"
    PASSIVE = "passive"
    NOUNS = "nouns"
    APART = "apart"


class Level(StrEnum):
    """How a text reads as a whole."""

    EASY = "easy"
    HARDER = "harder"
    HARD = "hard"


@dataclass(frozen=True)
class Reason:
    """Why, and by which words of the sentence."""

    why: Why
    words: tuple[str, ...]
    easier: str = ""


@dataclass(frozen=True)
class Sentence:
    """A hard sentence, and each reason."""

    text: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Measured:
    """A whole text. ``ease`` is Douma's: about 100 for a primer, below 30 for a law."""

    sentences: int
    words: int
    syllables: int
    hard: tuple[Sentence, ...]

    @property
    def ease(self) -> int:
        """Flesch's formula for Dutch (W.H. Douma, De leesbaarheid van landbouwbladen, 1960)."""
        per_sentence, per_word = self.words / self.sentences, self.syllables / self.words
        return round(206.84 - 0.93 * per_sentence - 77 * per_word)

    @property
    def words_per_sentence(self) -> int:
        """On the average."""
        return round(self.words / self.sentences)

    @property
    def level(self) -> Level:
        """By the ease and by how many sentences are hard: either can be wrong by itself."""
        share = len(self.hard) / self.sentences
        if self.ease >= B1 and share <= FEW:
            return Level.EASY
        return Level.HARDER if self.ease >= B2 and share <= 2 * FEW else Level.HARD


def measure(texts: Iterable[str]) -> Measured | None:
    """All of these together; nothing when there is no sentence in them."""
    sentences = [one for text in texts for one in sentences_of(text)]
    words = [word for one in sentences for word in WORD.findall(one)]
    if not words:
        return None
    hard = tuple(Sentence(one, found) for one in sentences if (found := reasons_of(one)))
    return Measured(len(sentences), len(words), sum(map(syllables_of, words)), hard)


def sentences_of(text: str) -> list[str]:
    """Those with a word in them."""
    parts = (part.strip() for part in SENTENCE_END.split(text))
    return [part for part in parts if WORD.search(part)]


def reasons_of(sentence: str) -> tuple[Reason, ...]:
    """Each of them once."""
    return (*_long(sentence), *_words(sentence), *_stiff(sentence), *_of_grammar(sentence))


def syllables_of(word: str) -> int:
    """By the vowels that are heard; at least one."""
    return len(SOUND.findall(word.lower().replace("qu", "kw"))) or 1


def _long(sentence: str) -> Iterator[Reason]:
    count = len(WORD.findall(sentence))
    if count > MOST_WORDS:
        yield Reason(Why.LONG, (str(count),))


def _words(sentence: str) -> Iterator[Reason]:
    """Also a word of a few long syllables; not one that a dash makes readable."""
    parts = [part for word in WORD.findall(sentence) for part in word.split("-")]
    if long := [one for one in parts if _is_long(one)]:
        yield Reason(Why.WORDS, tuple(dict.fromkeys(long)))


def _is_long(word: str) -> bool:
    return word.lower() not in OUR_WORDS and (
        len(word) >= LONG_WORD or syllables_of(word) >= MOST_SYLLABLES
    )


def _stiff(sentence: str) -> Iterator[Reason]:
    """Words of offices, of which everybody knows an easier one."""
    said = f" {' '.join(WORD.findall(sentence.lower()))} "
    for stiff, easier in STIFF.items():
        if f" {stiff} " in said:
            yield Reason(Why.STIFF, (stiff,), easier)


def _of_grammar(sentence: str) -> Iterator[Reason]:
    clauses = [WORD.findall(clause) for clause in CLAUSE_END.split(sentence)]
    if pairs := [pair for clause in clauses if (pair := _passive_of(clause))]:
        yield Reason(Why.PASSIVE, tuple(pairs))
    nouns = [word for clause in clauses for word in clause if _is_made_noun(word.lower())]
    turned = [match.group() for match in VERB_AS_NOUN.finditer(sentence)]
    if len(nouns) >= MOST_NOUNS or turned:
        yield Reason(Why.NOUNS, tuple(dict.fromkeys([*turned, *nouns])))
    parts = [WORD.findall(part) for part in PART_END.split(sentence)]
    if apart := [pair for part in parts if (pair := _far_apart(part))]:
        yield Reason(Why.APART, tuple(apart))


def _passive_of(clause: list[str]) -> str | None:
    """*wordt … gevraagd*: nobody says who does it. With *door* behind it somebody does."""
    small = [word.lower() for word in clause]
    helper = next((word for word in small if word in PASSIVE), None)
    done = next((word for word in small if PARTICIPLE.fullmatch(word)), None)
    return f"{helper} … {done}" if helper and done and "door" not in small else None


def _is_made_noun(word: str) -> bool:
    return NOUN.fullmatch(word) is not None and word not in NO_NOUN


def _far_apart(clause: list[str]) -> str | None:
    """The two halves of what is done, with much between: *heeft … gedaan*."""
    small = [word.lower() for word in clause]
    for first, word in enumerate(small):
        if word not in FINITE:
            continue
        shape = PARTICIPLE if word in BE else INFINITIVE_OR_PARTICIPLE
        if shape.fullmatch(small[-1]) and len(small) - first - 2 > MOST_BETWEEN:
            return f"{word} … {small[-1]}"
    return None


def _read_stiff() -> dict[str, str]:
    lines = (Path(__file__).parent / "stiff.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("|") for line in lines if line and not line.startswith("#"))
    return {pair[0]: pair[1] for pair in pairs}


STIFF = _read_stiff()
