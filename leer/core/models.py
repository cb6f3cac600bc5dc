"""What the toolbox keeps: background jobs, the broker's messages, and the worker's pulse."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job is on its way; a job never goes back from done."""

    QUEUED = "queued", _("wacht")
    RUNNING = "running", _("bezig")
    DONE = "done", _("klaar")
    FAILED = "failed", _("mislukt")


class Job(models.Model):
    """One row per piece of background work that was ever asked for: the outbox.

    Written in the transaction that asks for it, so work and reason stand or fall together.
    The broker carries only its id. Arguments are ids, never personal data.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(max_length=200, help_text="dotted path of the task function")
    arguments = models.JSONField(default=dict, help_text="{'args': [...], 'kwargs': {...}}")
    key = models.CharField(
        max_length=200,
        null=True,
        unique=True,
        help_text="asked for once only, e.g. 'digest:2026-11-23'",
    )
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    enqueued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(auto_now_add=True, help_text="last told to the broker")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True, help_text="exception type and place; no values")
    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(default=0, help_text="0: not known")

    class Meta:
        verbose_name = _("achtergrondtaak")
        verbose_name_plural = _("achtergrondtaken")
        indexes: ClassVar = [
            models.Index(
                fields=["sent_at"],
                condition=models.Q(state__in=["queued", "running"]),
                name="job_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.get_state_display()})"

    @property
    def is_over(self) -> bool:
        """Nothing more will happen to this job."""
        return self.state in {JobState.DONE, JobState.FAILED}


class BrokerMessage(models.Model):
    """One row per message in the embedded broker; taken out when a worker receives it.

    Losing one is harmless: the job it points to is swept up again.
    """

    queue = models.CharField(max_length=200)
    body = models.TextField()

    class Meta:
        verbose_name = _("bericht in de wachtrij")
        verbose_name_plural = _("berichten in de wachtrij")
        indexes: ClassVar = [models.Index(fields=["queue", "id"], name="brokermessage_queue")]

    def __str__(self) -> str:
        return f"{self.queue} #{self.pk}"


class WorkerPulse(models.Model):
    """One row per worker process that ever ran: when it last said that it lives."""

    name = models.CharField(max_length=200, primary_key=True)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("hartslag van een werker")
        verbose_name_plural = _("hartslagen van werkers")

    def __str__(self) -> str:
        return self.name
