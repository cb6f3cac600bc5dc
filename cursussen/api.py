"""The front door of the content: what is live, as plain data.

A reader pays one query (the content stamp); everything else comes from the cache, under the
stamp and the language, until something is published, taken away or changed. A module remembers
the stamp it was read under, so that what belongs to it costs no second look.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cursussen import content as shapes
from cursussen import reading, stamping
from cursussen.content import (
    Case,
    CaseLink,
    CaseMoment,
    CaseOption,
    CaseSection,
    CaseSummary,
    EndedPolicy,
    GoalData,
    InfoPage,
    Module,
    Modules,
    OutcomeData,
    Part,
    PartKind,
    PhaseData,
    PictureData,
    Policies,
    Policy,
    PolicyEdition,
    PolicyText,
    TermData,
    ThemeData,
    UnknownCase,
    UnknownModule,
    UnknownPage,
    UnknownPart,
    UnknownPolicy,
    UnknownTheme,
    WholeTheme,
)
from cursussen.finding.policies import FoundPolicy, find, lookup_of
from cursussen.models import BasePage, QuizPage
from cursussen.planning.beginning import new_module_url
from cursussen.policies.counting import provide_counts
from leer.questions import api as questions
from leer.questions.api import QuizVersion

__all__ = [
    "Case",
    "CaseLink",
    "CaseMoment",
    "CaseOption",
    "CaseSection",
    "CaseSummary",
    "EndedPolicy",
    "FoundPolicy",
    "GoalData",
    "InfoPage",
    "Module",
    "Modules",
    "OutcomeData",
    "Part",
    "PartKind",
    "PhaseData",
    "PictureData",
    "Policies",
    "Policy",
    "PolicyEdition",
    "PolicyText",
    "TermData",
    "ThemeData",
    "UnknownCase",
    "UnknownModule",
    "UnknownPage",
    "UnknownPart",
    "UnknownPolicy",
    "UnknownTheme",
    "WholeTheme",
    "case",
    "cases",
    "changed_at",
    "content_stamp",
    "find_policies",
    "freeze_quiz",
    "goals",
    "info_page",
    "lesson_html",
    "module",
    "modules",
    "new_module_url",
    "phases",
    "policies",
    "policy",
    "policy_text",
    "provide_counts",
    "terms",
    "theme",
    "themes",
]

KEEP = 24 * 60 * 60


def content_stamp() -> str:
    """What is live now, as one opaque word; changes with every change of it. One query."""
    return stamping.read_stamp()


def modules() -> Modules:
    """Every live module by key, in the tree's order."""
    stamp = content_stamp()
    return _kept("modules", stamp, lambda: reading.read_modules(stamp))


def module(key: str) -> Module:
    """The live module with this key; raises ``UnknownModule``."""
    try:
        return modules()[key]
    except KeyError:
        raise UnknownModule(key) from None


def changed_at(module: Module) -> datetime:
    """When something of this module was published last: the module itself, or a part of it."""
    pages = [module.page_id, *(part.page_id for part in module.parts)]
    moments = BasePage.objects.filter(pk__in=pages).aggregate(last=Max("last_published_at"))
    return moments["last"] or timezone.now()


def lesson_html(module: Module, part_key: str) -> SafeString:
    """The body of a lesson, rendered, as it was when ``module`` was read; no query when warm.

    Raises ``UnknownPart``.
    """
    page_id = _part(module, part_key, PartKind.LESSON).page_id
    return _kept(f"lesson:{page_id}", module.stamp, lambda: reading.read_lesson_html(page_id))


def freeze_quiz(module: Module, part_key: str) -> QuizVersion:
    """The version of the quiz as it is now, for an attempt that begins.

    Raises ``UnknownPart``. Kept only once it is committed: the row must be there for whoever
    finds it in the cache.
    """
    part = _part(module, part_key, PartKind.QUIZ)
    name = _name(f"quiz:{part.page_id}", module.stamp)
    found: QuizVersion | None = cache.get(name)
    if found is None:
        page = QuizPage.objects.live().get(pk=part.page_id)
        version = questions.freeze_quiz(part.key, page.title, page.entries())
        transaction.on_commit(lambda: cache.set(name, version, KEEP))
        return version
    return found


def cases() -> tuple[CaseSummary, ...]:
    """Every live case, the newest first."""
    return _kept("cases", content_stamp(), reading.read_cases)


def phases() -> tuple[PhaseData, ...]:
    """The phases that a case may be in, in their order."""
    return reading.read_phases()


def case(slug: str) -> Case:
    """The live case with this slug (or key), whole; raises ``UnknownCase``."""
    return _kept(f"case:{slug}", content_stamp(), lambda: reading.read_case(slug))


def info_page(key: str) -> InfoPage:
    """The live information page with this key; raises ``UnknownPage``."""
    return _kept(f"info:{key}", content_stamp(), lambda: reading.read_info_page(key))


def themes() -> tuple[WholeTheme, ...]:
    """The six themes in order, with their outcomes."""
    return _kept("themes", content_stamp(), reading.read_themes)


def theme(slug: str) -> WholeTheme:
    """The theme with this slug; raises ``UnknownTheme``."""
    for found in themes():
        if found.slug == slug:
            return found
    raise UnknownTheme(slug)


def goals() -> tuple[GoalData, ...]:
    """The goals of the programme, the main one first."""
    return _kept("goals", content_stamp(), reading.read_goals)


def terms() -> tuple[TermData, ...]:
    """The glossary for colleagues, by the alphabet."""
    return _kept("terms", content_stamp(), reading.read_terms)


def policies() -> Policies:
    """Every live policy that holds, by key, by the alphabet of their titles."""
    return _kept("policies", content_stamp(), reading.read_policies)


def policy(key: str) -> Policy:
    """The live policy with this key; raises ``UnknownPolicy``."""
    try:
        return policies()[key]
    except KeyError:
        raise UnknownPolicy(key) from None


def find_policies(text: str) -> tuple[FoundPolicy, ...]:
    """The policies that come closest to a situation in somebody's own words. What they look for is
    kept nowhere.
    """
    stamp = content_stamp()
    known = _kept("policies", stamp, reading.read_policies)
    lookup = _kept("lookup_of_policies", stamp, lambda: lookup_of(known))
    return find(text, known, lookup)


def ended_policies() -> Mapping[str, EndedPolicy]:
    """Every policy that was online and holds no more, by key."""
    return _kept("ended_policies", content_stamp(), reading.read_ended_policies)


def policy_text(key: str, number: int) -> PolicyText:
    """The exact text of a version, also of a policy that is not live any more; raises
    ``UnknownPolicy``.
    """
    return reading.read_policy_text(key, number)


def _part(module: Module, part_key: str, kind: PartKind) -> Part:
    part = module.part(part_key)
    if part.kind is not kind:
        raise UnknownPart(part_key)
    return part


def _kept(what: str, stamp: str, read: Callable[[], Any]) -> Any:
    """From memory or the cache, or read now; kept under the stamp that was read before.

    What is kept never changes, so the readers of this process share it: to unpack all modules
    from the cache again took a twentieth of a step in a story.
    """
    name = _name(what, stamp)
    found = _MEMORY.get(name)
    if found is None:
        found = cache.get_or_set(name, read, KEEP)
        if len(_MEMORY) >= MOST_IN_MEMORY:
            _MEMORY.clear()
        _MEMORY[name] = found
    return found


MOST_IN_MEMORY = 500  # lessons, cases and lists, of two stamps at least
_MEMORY: dict[str, Any] = {}


def _name(what: str, stamp: str) -> str:
    return f"cursussen:{SHAPE}:{what}:{stamp}:{get_language()}"


def _shape() -> str:
    """Changes with the fields of what is kept, so that a new Leer never reads what an older one
    left in the cache.
    """
    kinds = sorted(name for name, kind in vars(shapes).items() if is_dataclass(kind))
    told = [f"{name}: {[one.name for one in fields(getattr(shapes, name))]}" for name in kinds]
    return hashlib.sha256("".join(told).encode()).hexdigest()[:12]


SHAPE = _shape()
