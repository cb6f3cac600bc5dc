"""Lifecycle of risk profiles in one place."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone


class RiskProfileQuerySet(models.QuerySet[Any]):
    """Versions of risk profiles."""

    def of(self, teams: Iterable[int] | None) -> Self:
        """Those of these teams (by primary key); of all when none are named."""
        return self if teams is None else self.filter(team__in=list(teams))

    def in_force_on(self, day: date, *, known_at: datetime | None = None) -> Self:
        """Per team the one version that counts on this day: approved last, that day or before."""
        approved = self.filter(state="approved", decided_at__lt=end_of(day))
        if known_at is not None:
            approved = approved.filter(decided_at__lte=known_at)
        return approved.order_by("team_id", "-number").distinct("team_id")

    def open(self) -> Self:
        """Those that somebody still writes or decides on."""
        return self.filter(state__in=["draft", "submitted"])

    def waiting(self) -> Self:
        """Those that wait for a second person."""
        return self.filter(state="submitted")


def end_of(day: date) -> datetime:
    """The first moment after it."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
