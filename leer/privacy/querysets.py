"""Which decisions of the works council hold."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef


class DecisionQuerySet(models.QuerySet[Any]):
    """Decisions as they were recorded."""

    def on(self, day: date) -> Self:
        """Those that hold on this day; one that was ended, from that very day no more."""
        return self.filter(
            self._stepped("confirmed", day),
            ~self._stepped("ended", day),
            begins_on__lte=day,
            until__gte=day,
        )

    def _stepped(self, kind: str, day: date) -> Exists:
        """Whether this had happened to it by the end of the day."""
        steps = self.model._meta.get_field("steps").related_model._default_manager
        return Exists(steps.filter(decision=OuterRef("pk"), kind=kind, at__date__lte=day))
