"""Counting how stories are played: every attempt once, when it is settled.

Of everybody the first attempt counts, and the second; later ones are to see other endings. Who
played for the first time is taken in together with the others of the team of that day: what is
said of a team can then never be held against what was said of everybody a night before
(``leer.disclosure``). So people wait for their team: until nobody of it was added for a week, or
the first one waits for four weeks.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from leer.disclosure import api as disclosure
from leer.disclosure.api import PEOPLE
from leer.monitoring.figures.counting import (
    CHUNK,
    IS_FIRST,
    IS_SECOND,
    counted,
    first_name,
    second_name,
    settled,
    team_name,
    versions_of_stories,
    walks,
    with_earlier,
)
from leer.monitoring.figures.shape import Shape, shape_of
from leer.monitoring.models import CountedAttempt
from leer.organisation.models import Membership
from leer.progress.api import Attempt, AttemptKind

QUIET = timedelta(days=7)
WAITS = timedelta(days=28)
LOOKS_BACK = timedelta(days=365)

THEN = Q(valid_from__lte=OuterRef("day")) & (
    Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("day"))
)
TEAM_THEN = Subquery(Membership.objects.filter(THEN, user=OuterRef("user")).values("team")[:1])
WAS_COUNTED = Exists(CountedAttempt.objects.filter(attempt=OuterRef("pk")))

type Waiting = tuple[UUID, int | None, datetime]
"""An attempt, the team of the day on which it was settled, and when that was."""

type Teams = Mapping[UUID, int | None]
"""Of attempts the team of that day; none of who was in no team."""


def count_stories(until: datetime) -> int:
    """Take in whoever may be of those who were settled before this; returns how many tables
    released anything.
    """
    CountedAttempt.objects.filter(counted_on__lt=timezone.localdate(until - LOOKS_BACK)).delete()
    return sum(
        count(version, versions, until)
        for versions in versions_of_stories()
        for version in versions
        for count in (_count_first, _count_second)
    )


# First attempts -----------------------------------------------------------------------------------
@transaction.atomic
def _count_first(version: str, versions: Sequence[str], until: datetime) -> bool:
    since = disclosure.taken_until(first_name(version)) or disclosure.BEGINNING
    ready = _ready(list(_waiting(version, versions, until)), until)
    counts = _counts(shape_of(version), ready) if ready else {}
    if not counts:
        return False
    release = disclosure.take_in(
        first_name(version),
        shape_of(version).table(again=False),
        sum(counts.values(), Counter()),
        since=since,
        until=until,
        groups={team_name(version, team): counts[team] for team in _large_enough(counts)},
    )
    if release:
        _mark(ready, until)
    return bool(release)


def _waiting(version: str, versions: Sequence[str], until: datetime) -> Iterator[Waiting]:
    """First attempts that were not counted yet; others are not looked at again."""
    found = settled(AttemptKind.SCENARIO, until - LOOKS_BACK, until).filter(version=version)
    new = list(found.exclude(WAS_COUNTED).values_list("pk", flat=True))
    for some in batched(new, CHUNK, strict=False):
        ranked = with_earlier(found.filter(pk__in=some), version__in=versions)
        _mark(ranked.exclude(IS_FIRST).values_list("pk", flat=True), until)
        placed = ranked.filter(IS_FIRST).annotate(day=TruncDate("settled"), team=TEAM_THEN)
        yield from placed.values_list("pk", "team", "settled")


def _ready(waiting: Sequence[Waiting], until: datetime) -> Teams:
    """Those of whom the whole team may be taken in now."""
    teams: dict[int | None, dict[UUID, datetime]] = defaultdict(dict)
    for attempt, team, moment in waiting:
        teams[team][attempt] = moment
    return {
        attempt: team
        for team, moments in teams.items()
        if team is None or _waited_long_enough(moments.values(), until)
        for attempt in moments
    }


def _waited_long_enough(moments: Collection[datetime], until: datetime) -> bool:
    return max(moments) < until - QUIET or min(moments) < until - WAITS


def _counts(shape: Shape, teams: Teams) -> dict[int | None, Counter[str]]:
    """Of each team how many people are in each cell."""
    counts: dict[int | None, Counter[str]] = defaultdict(Counter)
    for some in batched(teams, CHUNK, strict=False):
        for attempt, cells in walks(shape, Attempt.objects.filter(pk__in=some)):
            counts[teams[attempt]].update(cells)
    return counts


def _large_enough(counts: Mapping[int | None, Counter[str]]) -> Iterator[int]:
    """The teams of which anything can be said."""
    for team, people in counts.items():
        if team is not None and people[PEOPLE] >= 2 * settings.DISCLOSURE_K:
            yield team


def _mark(attempts: Iterable[UUID], until: datetime) -> None:
    day = timezone.localdate(until)
    rows = (CountedAttempt(attempt_id=attempt, counted_on=day) for attempt in attempts)
    CountedAttempt.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


# Second attempts ----------------------------------------------------------------------------------
def _count_second(version: str, versions: Sequence[str], until: datetime) -> bool:
    name, shape = second_name(version), shape_of(version)
    since = disclosure.taken_until(name) or disclosure.BEGINNING
    attempts: QuerySet[Any] = settled(AttemptKind.SCENARIO, since, until).filter(version=version)
    if not attempts.exists():
        return False
    seconds = with_earlier(attempts, version__in=versions).filter(IS_SECOND)
    counts = counted(cells for _, cells in walks(shape, seconds, again=True))
    table = shape.table(again=True)
    return bool(disclosure.take_in(name, table, counts, since=since, until=until))
