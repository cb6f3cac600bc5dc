"""Counting how the people of a team chose: each in the team of the day on which it was settled.

A team's table lies inside that of the whole organisation (``leer.disclosure``), so the two of them
together tell no more than each by itself. Most teams are too small for a table that says anything.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate

from leer.disclosure import api as disclosure
from leer.monitoring.figures.counting import (
    IS_FIRST,
    counted,
    first_name,
    settled,
    versions_of_stories,
    walks,
    with_earlier,
)
from leer.monitoring.figures.shape import shape_of
from leer.organisation.models import Membership
from leer.progress.api import AttemptKind

THEN = Q(valid_from__lte=OuterRef("day")) & (
    Q(valid_until__isnull=True) | Q(valid_until__gt=OuterRef("day"))
)
TEAM_THEN = Subquery(Membership.objects.filter(THEN, user=OuterRef("user")).values("team")[:1])
LOOKS_BACK = timedelta(days=365)  # a team of years ago is another team


def team_name(version: str, team: int) -> str:
    """The table of first attempts at this version by the people of this team."""
    return f"{_before_team(version)}{team}"


def count_teams() -> int:
    """Take in whoever the whole organisation's table has; returns how many releases came of it."""
    return sum(
        _count(version, versions) for versions in versions_of_stories() for version in versions
    )


def _count(version: str, versions: list[str]) -> int:
    until = disclosure.taken_until(first_name(version))
    if until is None:
        return 0
    waiting = _waiting(version, versions, until)
    return sum(_take_in(version, team, waiting, until) for team in _large_enough(waiting))


def _waiting(version: str, versions: list[str], until: datetime) -> "QuerySet[Any]":
    """First attempts that are not in the table of their team yet."""
    attempts = settled(AttemptKind.SCENARIO, until - LOOKS_BACK, until).filter(version=version)
    first = with_earlier(attempts, version__in=versions).filter(IS_FIRST)
    placed = first.annotate(day=TruncDate("settled"), team=TEAM_THEN).filter(team__isnull=False)
    name = Concat(Value(_before_team(version)), Cast("team", TextField()))
    since = Coalesce(disclosure.taken_until_in("table"), Value(disclosure.BEGINNING))
    return placed.annotate(table=name, since=since).filter(settled__gte=F("since"))


def _large_enough(waiting: "QuerySet[Any]") -> list[int]:
    """The teams of which enough people wait, in a fixed order."""
    teams = waiting.values("team").annotate(people=Count("pk")).order_by("team")
    return [row["team"] for row in teams.filter(people__gte=settings.DISCLOSURE_K)]


def _take_in(version: str, team: int, waiting: "QuerySet[Any]", until: datetime) -> bool:
    name, shape = team_name(version, team), shape_of(version)
    release = disclosure.take_in(
        name,
        shape.table(again=False),
        counted(walks(shape, waiting.filter(team=team))),
        since=disclosure.taken_until(name) or disclosure.BEGINNING,
        until=until,
        inside=first_name(version),
    )
    return bool(release)


def _before_team(version: str) -> str:
    return f"{first_name(version)}:team:"
