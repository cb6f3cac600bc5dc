"""What a planner asked Leer to work out."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leer.rollout.models.plans import RolloutPlan
from leer.rollout.models.programmes import Programme


class Question(models.TextChoices):
    """What is to be worked out."""

    PROPOSE = "propose", _("een nieuw plan")
    REPLAN = "replan", _("opnieuw plannen")
    COMPARE = "compare", _("vergelijken met het best mogelijke plan")
    TRY = "try", _("een proef met andere plaatsen")
    REHEARSE = "rehearse", _("wie zou wat krijgen")


class CalculationState(models.TextChoices):
    """Where a calculation is on its way."""

    BUSY = "busy", _("bezig")
    DONE = "done", _("klaar")
    FAILED = "failed", _("mislukt")
    CANCELLED = "cancelled", _("gestopt")


class Calculation(models.Model):
    """One row per question that was worked out in the background, for as long as the answer is
    of use to somebody: thirty days.

    ``asked`` is what the form said, ``plan`` the plan it is about (for planning anew: the one that
    held), ``day`` the day it looks from. ``input`` is what was read, kept until it is done: begun
    again it works out the same. The answer is the plan that was ``made``, or ``result``, with
    teams by their public ids and people as numbers. Class D.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="calculations")
    question = models.CharField(max_length=10, choices=Question)
    plan = models.ForeignKey(
        RolloutPlan, on_delete=models.CASCADE, related_name="calculations", null=True
    )
    asked = models.JSONField(default=dict)
    day = models.DateField()
    state = models.CharField(max_length=10, choices=CalculationState, default=CalculationState.BUSY)
    input = models.JSONField(null=True)
    result = models.JSONField(default=dict)
    made = models.OneToOneField(RolloutPlan, on_delete=models.CASCADE, related_name="+", null=True)
    job = models.UUIDField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("berekening")
        verbose_name_plural = _("berekeningen")
        ordering: ClassVar = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.question} ({self.state})"

    @property
    def is_busy(self) -> bool:
        """A background job works on it, or will."""
        return self.state == CalculationState.BUSY
