"""The ledger's table."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementRecord(models.Model):
    """One row per learning fact, for ever: never updated, never deleted by the application.

    ``raw`` is the statement as JSON, to the byte; the other columns repeat what questions
    filter on. No name, e-mail address or user id is here: ``actor_name`` is opaque.
    """

    id = models.UUIDField(primary_key=True, help_text="the statement's own id, UUIDv5")
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=300)
    activity = models.CharField(max_length=500)
    registration = models.UUIDField(null=True, help_text="the attempt it belongs to")
    happened_at = models.DateTimeField(help_text="the statement's timestamp")
    stored_at = models.DateTimeField(auto_now_add=True)
    raw = models.TextField()

    class Meta:
        verbose_name = _("feit in het grootboek")
        verbose_name_plural = _("feiten in het grootboek")
        indexes: ClassVar = [
            models.Index(fields=["actor_name", "stored_at"], name="statement_actor"),
            models.Index(fields=["activity", "stored_at"], name="statement_activity"),
            models.Index(fields=["registration"], name="statement_registration"),
        ]

    def __str__(self) -> str:
        return str(self.id)
