"""Lifecycle of periods in one place."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q


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
