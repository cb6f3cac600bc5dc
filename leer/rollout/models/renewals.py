"""That a change of a module asks for a new round, and of whom."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class RenewalState(models.TextChoices):
    """Where a renewal is on its way."""

    PROPOSED = "proposed", _("wacht op een tweede persoon")
    APPROVED = "approved", _("goedgekeurd")
    REFUSED = "refused", _("afgewezen")


class Renewal(models.Model):
    """One row per time that an editor said: this change of the module asks for a new round, here is
    what is new, and these people do it again. Who did the module last before ``done_before`` is
    meant, and of those whose work suits ``regions`` and ``job_functions`` (keys; empty asks
    nothing). They have ``days`` from the day of approval.

    Nothing follows before a second person approved. What was done before stays what it was: the
    people get a later ``Assignment.round``, which names this row. Never deleted; decided once.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    module_key = models.CharField(_("module"), max_length=100)
    news = models.TextField(_("wat er nieuw is"), max_length=400)
    done_before = models.DateTimeField(_("deed het voor"))
    regions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    job_functions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    days = models.PositiveSmallIntegerField(
        _("dagen de tijd"), default=30, validators=[MinValueValidator(1), MaxValueValidator(730)]
    )
    state = models.CharField(max_length=10, choices=RenewalState, default=RenewalState.PROPOSED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(_("waarom niet"), max_length=200, blank=True)
    given_at = models.DateTimeField(_("gegeven"), null=True, blank=True)

    class Meta:
        verbose_name = _("nieuwe ronde van een module")
        verbose_name_plural = _("nieuwe rondes van modules")
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["module_key"],
                condition=Q(state="proposed"),
                name="renewal_one_proposal_a_module",
            ),
            models.CheckConstraint(
                name="renewal_not_by_one_person", condition=~Q(proposed_by=F("decided_by"))
            ),
            models.CheckConstraint(
                name="renewal_is_decided_whole",
                condition=Q(state="proposed", decided_by=None, decided_at=None)
                | Q(state="approved", decided_by__isnull=False, decided_at__isnull=False)
                | Q(state="refused", decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(refusal=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_key}: {self.state}"

    @property
    def due_on(self) -> date | None:
        """The last day; none before it is approved."""
        if self.decided_at is None:
            return None
        return timezone.localdate(self.decided_at) + timedelta(days=self.days)
