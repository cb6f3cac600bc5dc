"""What the editors look after: what waits, what comes, and what is missing among the cases.

Of drafts and of what is online alike: a case by what is in its row, a policy by what was last
written of it. In a fixed number of queries.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import median
from typing import Self

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cursussen.approval import in_judgement
from cursussen.models import BasePage, CasePage, Example, Phase, PolicyPage, Standing, Theme
from cursussen.policies.inventory import Listed, inventory


class Doing(StrEnum):
    """What somebody has to do with a case or a policy, the most pressing first."""

    HELD = "held"
    REVIEW = "review"
    JUDGE = "judge"
    EMBARGO = "embargo"
    WRITE = "write"
    POLICY_REVIEW = "policy_review"
    POLICY_JUDGE = "policy_judge"
    POLICY_ASSESS = "policy_assess"


WORDS: dict[Doing, Promise] = {
    Doing.HELD: _("Niet online gegaan op het geplande moment"),
    Doing.REVIEW: _("Opnieuw nakijken: de dag is voorbij"),
    Doing.JUDGE: _("Wacht op een tweede persoon"),
    Doing.EMBARGO: _("Wacht tot de strafzaak voorbij is"),
    Doing.WRITE: _("Nog in de maak"),
    Doing.POLICY_REVIEW: _("Afspraken: opnieuw bekijken, de dag is voorbij"),
    Doing.POLICY_JUDGE: _("Afspraken: wachten op een tweede persoon"),
    Doing.POLICY_ASSESS: _("Afspraken: gevonden, nog niet beoordeeld"),
}


class Coming(StrEnum):
    """What will happen with a case or a policy on a day."""

    PUBLISHED = "published"
    REVIEW = "review"
    EXPIRES = "expires"


COMING: dict[Coming, Promise] = {
    Coming.PUBLISHED: _("gaat online"),
    Coming.REVIEW: _("opnieuw nakijken"),
    Coming.EXPIRES: _("gaat offline"),
}


@dataclass(frozen=True)
class Item:
    """A case or a policy, as it was last written."""

    page: BasePage
    title: str
    review_on: date | None

    @classmethod
    def of_case(cls, case: CasePage) -> Self:
        """By its row."""
        return cls(case, case.draft_title or case.title, case.review_on)

    @classmethod
    def of_policy(cls, policy: Listed) -> Self:
        """By its line of the inventory."""
        return cls(policy.page, policy.cells["titel"], policy.review_on)


@dataclass(frozen=True)
class Task:
    """Items with which the same has to be done."""

    words: Promise
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Event:
    """One thing that happens on a day."""

    day: date
    words: Promise
    item: Item


@dataclass(frozen=True)
class Share:
    """How many cases online have something, of all that are; ``percent`` is for the picture."""

    name: str
    count: int
    of: int

    @property
    def percent(self) -> int:
        """From 0 to 100."""
        return round(100 * self.count / self.of) if self.of else 0


@dataclass(frozen=True)
class Overview:
    """The whole screen. ``days`` is the median from a lesson to its case, of those that tell."""

    tasks: tuple[Task, ...]
    events: tuple[Event, ...]
    online: int
    good: int
    bad: int
    themes: tuple[Share, ...]
    phases: tuple[Share, ...]
    functions: tuple[Share, ...]
    days: int | None

    @property
    def is_out_of_balance(self) -> bool:
        """There should be more good examples than bad ones."""
        return self.online > 0 and self.good <= self.bad


def overview(today: date | None = None) -> Overview:
    """As of today."""
    day = today or timezone.localdate()
    cases = list(CasePage.objects.prefetch_related("themes").order_by("title", "pk"))
    policies = inventory()
    online = [case for case in cases if case.live]
    examples = Counter(case.example for case in online)
    return Overview(
        tasks=(*_tasks(cases, day), *_policy_tasks(policies, day)),
        events=tuple(_events(cases, policies, day)),
        online=len(online),
        good=examples[Example.GOOD],
        bad=examples[Example.BAD],
        themes=_by_theme(online),
        phases=_by_phase(online),
        functions=_by_function(online),
        days=_median_days(online),
    )


def _tasks(cases: Sequence[CasePage], day: date) -> Iterator[Task]:
    waiting = in_judgement(CasePage)
    return _sorted((_doing(case, waiting, day), Item.of_case(case)) for case in cases)


def _policy_tasks(policies: Sequence[Listed], day: date) -> Iterator[Task]:
    waiting = in_judgement(PolicyPage)
    return _sorted((_doing_with(one, waiting, day), Item.of_policy(one)) for one in policies)


def _sorted(found: Iterable[tuple[Doing | None, Item]]) -> Iterator[Task]:
    """What has to be done, in the order of ``Doing``."""
    items: dict[Doing, list[Item]] = {doing: [] for doing in Doing}
    for doing, item in found:
        if doing:
            items[doing].append(item)
    return (Task(WORDS[doing], tuple(some)) for doing, some in items.items() if some)


def _doing(case: CasePage, waiting: set[int], day: date) -> Doing | None:
    """What comes first with this case, if anything."""
    if not case.live and case.go_live_at and case.go_live_at < timezone.now():
        return Doing.HELD
    if case.live and case.review_on and case.review_on < day:
        return Doing.REVIEW
    if case.pk in waiting:
        return Doing.JUDGE
    if case.embargo:
        return Doing.EMBARGO
    return None if case.live and not case.has_unpublished_changes else Doing.WRITE


def _doing_with(policy: Listed, waiting: set[int], day: date) -> Doing | None:
    """What comes first with this policy, if anything."""
    if policy.is_overdue_on(day):
        return Doing.POLICY_REVIEW
    if policy.page.pk in waiting:
        return Doing.POLICY_JUDGE
    return Doing.POLICY_ASSESS if policy.standing == Standing.FOUND else None


def _events(cases: Iterable[CasePage], policies: Iterable[Listed], day: date) -> list[Event]:
    """From today on, in order."""
    of_cases = [(Item.of_case(case), *found) for case in cases for found in _days_of(case)]
    reviews = [Item.of_policy(one) for one in policies if not one.is_ended]
    of_policies = [(item, Coming.REVIEW, item.review_on) for item in reviews]
    found = [
        Event(on, COMING[coming], item)
        for item, coming, on in (*of_cases, *of_policies)
        if on and on >= day
    ]
    return sorted(found, key=lambda event: (event.day, event.item.title))


def _days_of(case: CasePage) -> Iterator[tuple[Coming, date | None]]:
    yield Coming.PUBLISHED, None if case.live else _day(case.go_live_at)
    yield Coming.REVIEW, case.review_on
    yield Coming.EXPIRES, _day(case.expire_at)


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def _by_theme(online: Sequence[CasePage]) -> tuple[Share, ...]:
    counts = Counter(theme.pk for case in online for theme in case.themes.all())
    themes = Theme.objects.order_by("order", "pk")
    return tuple(Share(theme.name, counts[theme.pk], len(online)) for theme in themes)


def _by_phase(online: Sequence[CasePage]) -> tuple[Share, ...]:
    counts = Counter(case.phase for case in online)
    return tuple(Share(str(phase.label), counts[phase], len(online)) for phase in Phase)


def _by_function(online: Sequence[CasePage]) -> tuple[Share, ...]:
    """As the editors write them; the one that is told of most comes first."""
    named = [{name.lower() for name in case.function_names} for case in online]
    counts = Counter(name for names in named for name in names)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Share(name, count, len(online)) for name, count in ordered)


def _median_days(online: Iterable[CasePage]) -> int | None:
    told = [days for case in online if (days := case.days_to_publication) is not None]
    return round(median(told)) if told else None
