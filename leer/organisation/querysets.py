"""Lifecycle of periods in one place, and of what was said of a job function."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


class PeriodQuerySet(models.QuerySet[Any]):
    """Rows that hold for a stretch of days."""

    def on(self, day: date) -> Self:
        """Those that hold on this day."""
        return self.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=day), valid_from__lte=day
        )

    def open(self) -> Self:
        """Those that have no end yet."""
        return self.filter(valid_until__isnull=True)


class DeputyshipQuerySet(PeriodQuerySet):
    """Who stands in for whom."""

    def on(self, day: date) -> Self:
        """Those that hold on this day: not ended before its time, and whoever asked for it still
        leads the team.
        """
        still_leads = Q(team__leaderships__valid_until__isnull=True) | Q(
            team__leaderships__valid_until__gt=day
        )
        return (
            super()
            .on(day)
            .filter(Q(ended_at__isnull=True) | Q(ended_at__date__gt=day))
            .filter(
                still_leads,
                team__leaderships__user=F("appointed_by"),
                team__leaderships__valid_from__lte=day,
            )
        )

    def not_over(self, day: date) -> Self:
        """Those that hold on this day or will later, unless somebody ends them."""
        return self.filter(ended_at__isnull=True, valid_until__gt=day)


class HighRiskMarkQuerySet(models.QuerySet[Any]):
    """What was said of job functions, and when."""

    def holding_on(self, day: date, *, known_at: datetime | None = None) -> Self:
        """Per function the one row that holds on this day, as was known at that moment (now)."""
        said = self.filter(since__lte=day)
        if known_at is not None:
            said = said.filter(recorded_at__lte=known_at)
        return said.order_by("job_function_id", "-id").distinct("job_function_id")
