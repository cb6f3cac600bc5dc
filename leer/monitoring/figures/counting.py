"""Which attempts there are to count, and what of them is counted.

An attempt is settled when it has ended, or when it is open a month after it began: then it counts
as stopped where it is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Least

from leer.disclosure.api import PEOPLE
from leer.monitoring.figures.shape import Shape
from leer.progress.api import Attempt, AttemptKind
from leer.scenarios.models import Scenario

STANDS_STILL = timedelta(days=30)
CHUNK = 2000


def first_name(version: str) -> str:
    """The table of first attempts at this version."""
    return f"verhaal:{version}:eerste"


def team_name(version: str, team: int) -> str:
    """What is released of the first attempts of people of this team who were taken in together."""
    return f"{first_name(version)}:team:{team}"


def second_name(version: str) -> str:
    """The table of second attempts at this version."""
    return f"verhaal:{version}:tweede"


def versions_of_stories() -> Iterator[list[str]]:
    """Of each story in each language, the ids of all its versions."""
    for scenario in Scenario.objects.order_by("pk").prefetch_related("versions"):
        yield [str(version.pk) for version in scenario.versions.all()]


IS_FIRST = Q(earlier=0, given_steps=0)
IS_SECOND = Q(earlier=1) | Q(earlier=0, given_steps__gt=0)


def settled(kind: AttemptKind, since: datetime, until: datetime) -> "QuerySet[Any]":
    """Attempts that ended, or had been open for a month, in this time."""
    attempts = Attempt.objects.filter(kind=kind, started_at__isnull=False)
    moment = Least(
        Coalesce("ended_at", F("started_at") + STANDS_STILL), F("started_at") + STANDS_STILL
    )
    return attempts.annotate(settled=moment).filter(settled__gte=since, settled__lt=until)


def with_earlier(attempts: "QuerySet[Any]", **same: Any) -> "QuerySet[Any]":
    """Each with how many attempts at the same this person began before it. Whose beginning was
    forgotten, was before: whoever was counted once is not new when it is.
    """
    before = Q(started_at__lt=OuterRef("started_at")) | Q(started_at=None)
    before |= Q(started_at=OuterRef("started_at"), id__lt=OuterRef("id"))
    earlier = Attempt.objects.filter(before, user=OuterRef("user"), kind=OuterRef("kind"), **same)
    number = earlier.order_by().values("user").annotate(n=Count("id")).values("n")
    zero = Value(0, output_field=IntegerField())
    return attempts.annotate(earlier=Coalesce(Subquery(number), zero))


def counted(walks: Iterable[tuple[str, ...]]) -> Counter[str]:
    """How many people are in each cell."""
    counts: Counter[str] = Counter({PEOPLE: 0})
    for cells in walks:
        counts.update(cells)
    return counts


def walks(
    shape: Shape, attempts: "QuerySet[Any]", *, again: bool = False
) -> Iterator[tuple[UUID, tuple[str, ...]]]:
    """Of each of these attempts that says anything, the cells that it is in."""
    columns = attempts.values_list("pk", "steps", "given_steps", "ended_at")
    for attempt, steps, given, ended_at in columns.iterator(chunk_size=CHUNK):
        in_order = [steps[key] for key in sorted(steps, key=int)]
        own = in_order[given:]
        begins_at = _beginning(shape, in_order, given) if again else ""
        cells = shape.walk(own, ended=ended_at is not None, begins_at=begins_at)
        if cells:
            yield attempt, cells


def _beginning(shape: Shape, steps: list[dict[str, str]], given: int) -> str:
    """The scene at which an attempt with given steps begins."""
    if not given or given > len(steps):
        return shape.start
    return steps[given - 1]["target"]
