"""What words are: names, places, streets, or plain Dutch. Read once, on the first search.

Names, towns and streets come with the package ``deduce`` (UMC Utrecht, LGPL 3), words with the
frequency list of ``pyspellchecker`` (MIT): both are read where they are installed, nothing of
them is copied. Why these: docs/decisions/0038-deidentification.md. What a customs service adds is
in ``data/``.
"""

import gzip
import json
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

OWN = Path(__file__).parent.parent / "data"
NOT_SAID = 50
"""How often the list of words says that a word was seen of which it only knows that it exists."""
SELDOM = 250
"""Words seen no more often than this are rather a name, when they are one too: *jan*, *kees*."""
TOO_USUAL = 50_000
"""Words as usual as this are never a name by what follows them: *die*, *hij*, *dat*."""
LONG_ENOUGH = 4
"""The shortest half of a compound: *haven* + *meester*."""


@dataclass(frozen=True)
class Lexicon:
    """Sets of words in small letters; places and streets may be of more than one word."""

    first_names: Set[str]
    surnames: Set[str]
    places: Set[str]
    streets: Set[str]
    words: dict[str, int]
    not_names: Set[str]

    def is_name(self, word: str) -> bool:
        """Whether people are called this, by first name or surname."""
        return self.is_first_name(word) or word.lower() in self.surnames

    def is_first_name(self, word: str) -> bool:
        """Whether people are called this by first name; Gerrit-Jan is two."""
        return all(part in self.first_names for part in word.lower().split("-"))

    def is_place(self, words: str) -> bool:
        """Whether a town or a harbour is called this."""
        return words.lower() in self.places

    def is_street(self, words: str) -> bool:
        """Whether there is a street of this name in the Netherlands."""
        return words.lower() in self.streets

    def is_word(self, word: str) -> bool:
        """Whether this is Dutch, and more than a name that the list happens to know."""
        small = word.lower()
        seen = self.seen(small)
        if seen > NOT_SAID:
            return True
        if seen:
            return small not in self.first_names | self.surnames | self.places
        return self.is_compound(small)

    def seen(self, word: str) -> int:
        """How often the word was counted in some hundred million words of subtitles."""
        small = word.lower()
        return self.words.get(small) or self.words.get(small.translate(WITHOUT_STRESS), 0)

    def is_usual(self, word: str) -> bool:
        """Whether Dutch is full of this word, so that a name needs more than the word itself."""
        return self.seen(word) > SELDOM

    def opens_a_sentence(self, word: str) -> bool:
        """Whether this only has its capital because it comes first: *De*, *Aan*, *Volgens*."""
        return self.seen(word) > NOT_SAID and word.lower() not in words_of("street_openings.txt")

    def is_said(self, word: str) -> bool:
        """Whether this is a word that people say; the list has names of many who are not."""
        return self.seen(word) > NOT_SAID or (not self.seen(word) and self.is_compound(word))

    def may_be_word(self, word: str) -> bool:
        """Whether this is said, or made of words that are."""
        return self.seen(word) > NOT_SAID or self.is_compound(word)

    def is_compound(self, written: str) -> bool:
        """Dutch glues words together, more than a list can hold: *scan* + *s* + *resultaat*."""
        word = written.lower()
        if "-" in word:
            return all(self.words.get(part, 0) > NOT_SAID for part in word.split("-") if part)
        for middle in range(LONG_ENOUGH, len(word) - LONG_ENOUGH + 1):
            begin, end = word[:middle], word[middle:]
            if self._known(end) and (self._known(begin) or self._known(begin.removesuffix("s"))):
                return True
        return False

    def _known(self, word: str) -> bool:
        return self.words.get(word, 0) > NOT_SAID


WITHOUT_STRESS = str.maketrans("áéíóúàè", "aeiouae")
"""*Eén* and *wát* are the words without their accents, said louder."""


@cache
def lexicon() -> Lexicon:
    """Everything read and ready, about a second's work."""
    return Lexicon(
        first_names=_of_deduce("names/lst_first_name"),
        surnames=_of_deduce("names/lst_surname") | _of_deduce("names/lst_interfix_surname"),
        places=_of_deduce("locations/lst_placename/lst_residence")
        | _of_deduce("locations/lst_placename/lst_municipality")
        | {line.lower() for line in own("places.txt")},
        streets=_of_deduce("locations/lst_street"),
        words=_words(),
        not_names=words_of("not_names.txt"),
    )


def own(name: str) -> Iterator[str]:
    """The lines of a list of our own, without what explains it."""
    for line in (OWN / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of a list of our own that has many on a line."""
    return frozenset(word for line in own(name) for word in line.split())


def _of_deduce(which: str) -> frozenset[str]:
    """A list of the package, less what its makers took out again."""
    folder = _installed("deduce") / "data" / "lookup" / "src" / which
    items = _lines(folder / "items.txt") - _lines(folder / "exceptions.txt")
    return frozenset(item.lower() for item in items)


def _lines(path: Path) -> set[str]:
    return set(path.read_text(encoding="utf-8").splitlines()) - {""} if path.exists() else set()


def _words() -> dict[str, int]:
    path = _installed("spellchecker") / "resources" / "nl.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        words: dict[str, int] = json.load(file)
    # The subtitles miss a few of the most usual ones: *aan*.
    for word in _of_deduce("whitelist/lst_stop_word") | _of_deduce("whitelist/lst_common_word"):
        if words.get(word, 0) <= NOT_SAID:
            words[word] = TOO_USUAL
    return words


def _installed(package: str) -> Path:
    """Where a package is; without importing it, which would load an engine we do not use."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"{package} is not installed; run uv sync")
    return Path(spec.submodule_search_locations[0])
