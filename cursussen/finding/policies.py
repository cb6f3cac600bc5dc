"""The policies that are about a situation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import strip_tags

from cursussen.content import Policies, Policy
from cursussen.finding.meaning import Meanings, meanings_of
from cursussen.finding.weighing import Index, Near, Passage
from cursussen.finding.words import synonyms, words_of

LONGEST = 300  # signs that are looked at
MOST = 5  # policies that are told
TITLE, SUMMARY, SITUATION, TEXT = 3.0, 2.0, 1.0, 1.0


@dataclass(frozen=True, slots=True)
class FoundPolicy:
    """A policy that may be about it, and the situation in it that comes closest, if any."""

    policy: Policy
    situation: str


@dataclass(frozen=True)
class Lookup:
    """All that the policies say, ready to be looked through: its words, and what the situations
    mean.
    """

    index: Index
    lines: Sequence[str]
    meanings: Meanings

    def near(self, text: str) -> Near:
        """Of each situation how near it is to this text in meaning."""
        (meant,) = meanings_of([text])
        return dict(zip(self.lines, (self.meanings @ meant).tolist(), strict=True))


def lookup_of(policies: Policies) -> Lookup:
    """What is needed to find in these policies; half a second of processor for five hundred
    situations.
    """
    lines = [line for policy in policies.values() for line in policy.search_words]
    return Lookup(_index_of(policies), lines, meanings_of(lines))


def find(text: str, policies: Policies, lookup: Lookup) -> tuple[FoundPolicy, ...]:
    """The few that come closest, the best first."""
    asked = text[:LONGEST]
    (words,) = words_of([asked])
    hits = lookup.index.find(words, lookup.near(asked))[:MOST]
    return tuple(FoundPolicy(policies[hit.key], hit.line) for hit in hits)


def _index_of(policies: Policies) -> Index:
    told = [one for policy in policies.values() for one in _told(policy)]
    read = words_of([text for _key, text, _weight, _line in told])
    passages = [
        Passage(key, words, weight, line)
        for (key, _text, weight, line), words in zip(told, read, strict=True)
    ]
    return Index(passages, synonyms())


def _told(policy: Policy) -> Iterator[tuple[str, str, float, str]]:
    """Key, text, weight, and the situation itself where it is one."""
    yield policy.key, policy.title, TITLE, ""
    yield policy.key, policy.summary, SUMMARY, ""
    yield policy.key, strip_tags(policy.html), TEXT, ""
    for line in policy.search_words:
        yield policy.key, line, SITUATION, line
