"""Which rows hold on a day."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone


class AssignmentQuerySet(models.QuerySet[Any]):
    """What somebody has to do, or did."""

    def now(self) -> Self:
        """Those that hold: of each module the latest round that was not withdrawn."""
        later = self.model._default_manager.filter(
            user=OuterRef("user"),
            module_key=OuterRef("module_key"),
            round__gt=OuterRef("round"),
            withdrawn_at__isnull=True,
        )
        return self.filter(~Exists(later), withdrawn_at__isnull=True)


class WithdrawalQuerySet(models.QuerySet[Any]):
    """What was taken back by hand, and when."""

    def on(self, day: date) -> Self:
        """What stands at the end of this day."""
        night = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        return self.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=night), taken_at__lt=night)


class ExemptionQuerySet(models.QuerySet[Any]):
    """Who need not take part, and when."""

    def on(self, day: date) -> Self:
        """Those that hold at the end of this day."""
        night = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        return self.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gte=night),
            Q(until__isnull=True) | Q(until__gte=day),
            given_at__lt=night,
        )

    def over(self, day: date) -> Self:
        """Those that were taken back, or whose last day is before this one."""
        return self.filter(Q(ended_at__isnull=False) | Q(until__lt=day))

    def given_with(self, one: Any) -> Self:
        """Those that were given in one go with this one."""
        return self.filter(
            programme=one.programme_id, given_at=one.given_at, given_by=one.given_by_id
        )
