"""Assignments, and the trail of why somebody got, kept or missed one."""

from datetime import UTC, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leer.rollout.models.plans import Wave
from leer.rollout.models.programmes import Programme
from leer.rollout.models.renewals import Renewal
from leer.rollout.querysets import AssignmentQuerySet

EVER = datetime(1, 1, 2, tzinfo=UTC)  # before anything: what a first round counts from


class Assignment(models.Model):
    """One row per person, module and round that was ever assigned. Never deleted: a withdrawn
    assignment gets ``withdrawn_at``. No state here: that is progress. ``wave`` is the one that
    brought it first; empty for what everybody gets, or what was assigned by hand.

    ``round`` 1 is the first time. A module that is valid for a time (``Programme.refresh_weeks``)
    or of which an editor says that it changed (``renewal``), comes back as a new row with the next
    round; what was done since ``counts_from`` counts for it (empty, in round 1: whenever it was
    done). Only the latest round that was not withdrawn tells
    what somebody has to do (``Assignment.objects.now``).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    module_key = models.CharField(_("module"), max_length=100)
    round = models.PositiveSmallIntegerField(_("ronde"), default=1)
    counts_from = models.DateTimeField(_("telt vanaf"), null=True, blank=True)
    wave = models.ForeignKey(
        Wave, on_delete=models.PROTECT, related_name="assignments", null=True, blank=True
    )
    renewal = models.ForeignKey(
        Renewal, on_delete=models.PROTECT, related_name="assignments", null=True, blank=True
    )
    due_on = models.DateField(_("uiterlijk"), help_text="last day on which done is in time")
    reason = models.CharField(_("reden"), max_length=200)
    assigned_at = models.DateTimeField(_("toegewezen"))
    withdrawn_at = models.DateTimeField(_("ingetrokken"), null=True)

    objects: ClassVar = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("toewijzing")
        verbose_name_plural = _("toewijzingen")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "module_key", "round"], name="assigned_once_a_round"
            ),
            models.CheckConstraint(
                name="later_rounds_count_from_a_moment",
                condition=models.Q(round=1, counts_from__isnull=True)
                | models.Q(round__gt=1, counts_from__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="assignment_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.module_key}: {self.user_id}"


class AssignmentRecord(models.Model):
    """One row per thing that an assignment ever said, never changed: what ``Assignment`` is made
    to say later stands beside it, with the moment at which it was put down (``recorded_at``). The
    database itself writes these (migration 0010), whoever changes an assignment. So what was
    asked on a day, as it was known on a day, can be told for ever (``leer.rollout.as_of``).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    module_key = models.CharField(max_length=100)
    round = models.PositiveSmallIntegerField()
    counts_from = models.DateTimeField(null=True)
    due_on = models.DateField()
    assigned_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("wat een toewijzing zei")
        verbose_name_plural = _("wat toewijzingen zeiden")
        indexes: ClassVar = [
            models.Index(fields=["user", "module_key"], name="assignment_record_whose")
        ]

    def __str__(self) -> str:
        return f"{self.module_key}: {self.user_id}, {self.recorded_at}"


class TrailKind(models.TextChoices):
    """What happened to somebody's part in a programme."""

    ASSIGNED = "assigned", _("toegewezen")
    KEPT = "kept", _("had het al en houdt het")
    POSTPONED = "postponed", _("krijgt later een dag")
    WITHDRAWN = "withdrawn", _("vervallen")
    SKIPPED = "skipped", _("overgeslagen")


class Trail(models.Model):
    """One row per thing that a programme did, or left, for one person, and why (``reason`` is a
    code of ours: "joined", "moved", "left", "exempt", "done_already" …). The same thing is written
    once. Put off is what something stands in the way of ("blocked"), and what a joiner gets with
    the wave of the team ("waits_for_team"). Says nothing about progress.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="rollout_trail"
    )
    module_key = models.CharField(_("module"), max_length=100, blank=True)
    kind = models.CharField(_("wat"), max_length=10, choices=TrailKind)
    reason = models.CharField(_("waarom"), max_length=40)
    at = models.DateTimeField(_("wanneer"))

    class Meta:
        verbose_name = _("spoor van een toewijzing")
        verbose_name_plural = _("sporen van toewijzingen")
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["user", "programme"], name="trail_of_somebody")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} ({self.reason})"
