"""Assignments."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Assignment(models.Model):
    """One row per person and module that was ever assigned. Never deleted: a withdrawn
    assignment gets ``withdrawn_at``. No state here: that is progress.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    module_key = models.CharField(_("module"), max_length=100)
    due_on = models.DateField(_("uiterlijk"), help_text="last day on which done is in time")
    reason = models.CharField(_("reden"), max_length=200)
    assigned_at = models.DateTimeField(_("toegewezen"))
    withdrawn_at = models.DateTimeField(_("ingetrokken"), null=True)

    class Meta:
        verbose_name = _("toewijzing")
        verbose_name_plural = _("toewijzingen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "module_key"], name="assigned_once")
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
