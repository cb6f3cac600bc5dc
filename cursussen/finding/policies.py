"""The policies that are about a situation."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.html import strip_tags

from cursussen.content import Policies, Policy
from cursussen.finding.weighing import Index, Passage
from cursussen.finding.words import synonyms, words_of

LONGEST = 300  # signs that are looked at
MOST = 5  # policies that are told
TITLE, SUMMARY, SITUATION, TEXT = 3.0, 2.0, 1.0, 1.0


@dataclass(frozen=True, slots=True)
class FoundPolicy:
    """A policy that may be about it, and the situation in it that comes closest, if any."""

    policy: Policy
    situation: str


def index_of(policies: Policies) -> Index:
    """All that these policies say, ready to be looked through."""
    told = [one for policy in policies.values() for one in _told(policy)]
    read = words_of([text for _key, text, _weight, _line in told])
    passages = [
        Passage(key, words, weight, line)
        for (key, _text, weight, line), words in zip(told, read, strict=True)
    ]
    return Index(passages, synonyms())


def find(text: str, policies: Policies, index: Index) -> tuple[FoundPolicy, ...]:
    """The few that come closest, the best first."""
    (words,) = words_of([text[:LONGEST]])
    hits = index.find(words)[:MOST]
    return tuple(FoundPolicy(policies[hit.key], hit.line) for hit in hits)


def _told(policy: Policy) -> Iterator[tuple[str, str, float, str]]:
    """Key, text, weight, and the situation itself where it is one."""
    yield policy.key, policy.title, TITLE, ""
    yield policy.key, policy.summary, SUMMARY, ""
    yield policy.key, strip_tags(policy.html), TEXT, ""
    for line in policy.search_words:
        yield policy.key, line, SITUATION, line
