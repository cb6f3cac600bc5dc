"""All cases as the editors look after them: what waits, what comes, and what is missing.

Of drafts and of what is online alike, by what is in the page's row. In a fixed number of queries.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from statistics import median

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import WorkflowState

from cursussen.models import CasePage, Example, Phase, Theme


class Doing(StrEnum):
    """What somebody has to do with a case, the most pressing first."""

    HELD = "held"
    REVIEW = "review"
    JUDGE = "judge"
    EMBARGO = "embargo"
    WRITE = "write"


WORDS: dict[Doing, Promise] = {
    Doing.HELD: _("Niet online gegaan op het geplande moment"),
    Doing.REVIEW: _("Opnieuw nakijken: de dag is voorbij"),
    Doing.JUDGE: _("Wacht op een tweede persoon"),
    Doing.EMBARGO: _("Wacht tot de strafzaak voorbij is"),
    Doing.WRITE: _("Nog in de maak"),
}


class Coming(StrEnum):
    """What will happen with a case on a day."""

    PUBLISHED = "published"
    REVIEW = "review"
    EXPIRES = "expires"


COMING: dict[Coming, Promise] = {
    Coming.PUBLISHED: _("gaat online"),
    Coming.REVIEW: _("opnieuw nakijken"),
    Coming.EXPIRES: _("gaat offline"),
}


@dataclass(frozen=True)
class Task:
    """Cases with which the same has to be done."""

    words: Promise
    cases: tuple[CasePage, ...]


@dataclass(frozen=True)
class Event:
    """One thing that happens on a day."""

    day: date
    words: Promise
    case: CasePage


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
    waiting = _in_judgement()
    online = [case for case in cases if case.live]
    examples = Counter(case.example for case in online)
    return Overview(
        tasks=tuple(_tasks(cases, waiting, day)),
        events=tuple(_events(cases, day)),
        online=len(online),
        good=examples[Example.GOOD],
        bad=examples[Example.BAD],
        themes=_by_theme(online),
        phases=_by_phase(online),
        functions=_by_function(online),
        days=_median_days(online),
    )


def _in_judgement() -> set[int]:
    """Cases that were handed in; not those of which changes were asked."""
    mine = ContentType.objects.get_for_model(CasePage, for_concrete_model=False)
    states = WorkflowState.objects.filter(
        content_type=mine, status=WorkflowState.STATUS_IN_PROGRESS
    )
    return {int(pk) for pk in states.values_list("object_id", flat=True)}


def _tasks(cases: Sequence[CasePage], waiting: set[int], day: date) -> Iterator[Task]:
    found: dict[Doing, list[CasePage]] = {doing: [] for doing in Doing}
    for case in cases:
        if doing := _doing(case, waiting, day):
            found[doing].append(case)
    return (Task(WORDS[doing], tuple(some)) for doing, some in found.items() if some)


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


def _events(cases: Iterable[CasePage], day: date) -> list[Event]:
    """From today on, in order."""
    found = [
        Event(on, COMING[coming], case)
        for case in cases
        for coming, on in _days_of(case)
        if on and on >= day
    ]
    return sorted(found, key=lambda event: (event.day, event.case.title))


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
    """As the editors write them, separated by commas; the one that is told of most comes first."""
    named = [{name.strip().lower() for name in case.functions.split(",")} for case in online]
    counts = Counter(name for names in named for name in names if name)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Share(name, count, len(online)) for name, count in ordered)


def _median_days(online: Iterable[CasePage]) -> int | None:
    told = [days for case in online if (days := case.days_to_publication) is not None]
    return round(median(told)) if told else None
