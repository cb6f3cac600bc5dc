"""What learners read, as plain data: no page, no query, nothing to change."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.safestring import SafeString

from leer.questions.api import FrozenQuestion


class PartKind(StrEnum):
    """What a part of a module is."""

    LESSON = "lesson"
    QUIZ = "quiz"
    SCENARIO = "scenario"


class UnknownModule(KeyError):
    """No live module has this key."""


class UnknownPart(KeyError):
    """The module has no live part with this key."""


class UnknownCase(KeyError):
    """No live case has this slug or key."""


class UnknownPolicy(KeyError):
    """No live policy has this key, or it never had this version."""


class UnknownTheme(KeyError):
    """There is no theme with this slug."""


class UnknownPage(KeyError):
    """No live information page has this key."""


@dataclass(frozen=True, slots=True)
class PictureData:
    """A picture as a template needs it."""

    url: str
    alt: str
    width: int
    height: int
    srcset: str


@dataclass(frozen=True, slots=True)
class ThemeData:
    """One of the six themes."""

    slug: str
    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class PhaseData:
    """One of the seven phases of an approach."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class OutcomeData:
    """One kenmerk of a theme, with the keys of the modules that say they serve it."""

    key: str
    text: str
    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WholeTheme:
    """A theme with its goal, its VAN and NAAR (empty where nobody wrote them) and its outcomes."""

    slug: str
    name: str
    goal: str
    from_word: str
    from_text: str
    to_word: str
    to_text: str
    outcomes: tuple[OutcomeData, ...]


@dataclass(frozen=True, slots=True)
class GoalData:
    """One goal of the programme."""

    key: str
    name: str
    text: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class TermData:
    """One word of the glossary; ``key`` is its anchor."""

    key: str
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Part:
    """A lesson, quiz or scenario in a module; ``remember`` is what a lesson asks to take along."""

    key: str
    kind: PartKind
    title: str
    summary: str
    minutes: int
    version: int
    page_id: int
    scenario_key: str = ""
    remember: tuple[SafeString, ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """A live module with its live parts in order, as they were under this content stamp."""

    stamp: str
    key: str
    title: str
    summary: str
    intro_html: SafeString
    goals: tuple[str, ...]
    minutes: int
    parts: tuple[Part, ...]
    version: int
    page_id: int
    picture: PictureData | None
    for_everyone: bool
    days_to_complete: int

    @property
    def remember(self) -> list[SafeString]:
        """What its lessons ask to take along, in order."""
        return [words for part in self.parts for words in part.remember]

    def part(self, key: str) -> Part:
        """The part with this key; raises ``UnknownPart``."""
        return self.parts[self.position(key)]

    def position(self, key: str) -> int:
        """Which part this is, counted from 0; raises ``UnknownPart``."""
        for index, part in enumerate(self.parts):
            if part.key == key:
                return index
        raise UnknownPart(key)

    def after(self, key: str) -> Part | None:
        """The part that follows, if any; raises ``UnknownPart``."""
        return next(iter(self.parts[self.position(key) + 1 :]), None)


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A live page that belongs with a case: a policy, or a story inside a module."""

    key: str
    title: str
    module: str = ""


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A case as the list of cases shows it. ``functions`` is in whose work it plays, as the editors
    wrote it; ``practice`` is a story to play, ``policy`` what was agreed about such a moment.
    """

    title: str
    slug: str
    key: str
    summary: str
    themes: tuple[ThemeData, ...]
    phase: PhaseData | None
    functions: tuple[str, ...]
    picture: PictureData | None
    published_on: date | None
    minutes: int
    practice: CaseLink | None
    policy: CaseLink | None


@dataclass(frozen=True, slots=True)
class CaseSection:
    """One part of a story; ``kind`` is gebeurtenis, keuzemoment, vervolg or les."""

    kind: str
    label: str
    title: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class CaseOption:
    """What the reader could do at the moment of choice, and what there is to say about it."""

    number: int
    text: str
    reflection: SafeString


@dataclass(frozen=True, slots=True)
class CaseMoment(CaseSection):
    """The part where the story waits for the reader. No option is right or wrong."""

    question: str
    options: tuple[CaseOption, ...]

    def option(self, number: str) -> CaseOption | None:
        """The option that is known by this number, if any."""
        return next((one for one in self.options if str(one.number) == number), None)

    @property
    def fingerprint(self) -> str:
        """Of the words between which somebody chooses: other words have another one."""
        words = (self.question, *(option.text for option in self.options))
        return hashlib.sha256("\0".join(words).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Case(CaseSummary):
    """A case, whole. ``sensitivity`` is what somebody should know before reading, if anything."""

    sensitivity: str
    sections: tuple[CaseSection, ...]
    source: str
    review_on: date | None
    version: int
    page_id: int

    @property
    def moment(self) -> CaseMoment | None:
        """Where the reader chooses. Cases from before there were options have none."""
        moments = (one for one in self.sections if isinstance(one, CaseMoment))
        return next((one for one in moments if one.options), None)

    @property
    def before(self) -> tuple[CaseSection, ...]:
        """What is read before the moment of choice; everything, where there is none."""
        return self.sections[: self._place]

    @property
    def after(self) -> tuple[CaseSection, ...]:
        """What waits behind the moment of choice."""
        return self.sections[self._place + 1 :]

    @property
    def _place(self) -> int:
        return self.sections.index(self.moment) if self.moment else len(self.sections)


@dataclass(frozen=True, slots=True)
class InfoPage:
    """A page that explains: help, privacy, accessibility."""

    key: str
    title: str
    html: SafeString
    changed_on: date | None


@dataclass(frozen=True, slots=True)
class PolicyEdition:
    """A version of a policy, without its text: what it changed, and the hash of the exact text."""

    number: int
    sha256: str
    changes: str
    is_minor: bool
    published_on: date


@dataclass(frozen=True, slots=True)
class PolicyText(PolicyEdition):
    """A version of a policy, whole; ``text`` is the canonical form, which was hashed."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Policy:
    """A live policy (afspraak); ``editions`` are all its versions, the first one first.

    ``functions`` are the job functions that are asked to read it (none: nobody is); ``None``:
    everybody is. It holds in ``regions`` and for the functions named by ``holds_for``; empty is
    everywhere, and for all. ``search_words`` are the situations in which somebody looks for it, and
    ``contact`` is whom to call then (``models.portal.Contact``).
    """

    key: str
    title: str
    summary: str
    html: SafeString
    owner: str
    holds_from: date
    source: str
    source_url: str
    minutes: int
    situations: tuple[FrozenQuestion, ...]
    functions: frozenset[int] | None
    days_to_read: int
    editions: tuple[PolicyEdition, ...]
    regions: str
    holds_for: tuple[str, ...]
    search_words: tuple[str, ...]
    contact: str
    contact_name: str
    dilemmas: tuple[CaseLink, ...]

    @property
    def edition(self) -> PolicyEdition:
        """The version that is live."""
        return self.editions[-1]

    @property
    def asked(self) -> PolicyEdition:
        """The last version that changed something in meaning: who read that one, or a later one,
        is not asked again.
        """
        return next(one for one in reversed(self.editions) if not one.is_minor)

    def since(self, number: int) -> tuple[PolicyEdition, ...]:
        """The versions after this one."""
        return tuple(one for one in self.editions if one.number > number)


@dataclass(frozen=True, slots=True)
class EndedPolicy:
    """A policy that holds no more: merged into another (``into``) or withdrawn."""

    key: str
    title: str
    because: str
    into: CaseLink | None


Policies = Mapping[str, Policy]
Modules = Mapping[str, Module]
