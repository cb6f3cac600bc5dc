"""What monitoring keeps: which reminders went out."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DigestState(models.TextChoices):
    """A claimed digest may or may not have left: it is never sent again (at most one)."""

    CLAIMED = "claimed", _("begonnen")
    SENT = "sent", _("verstuurd")


class Digest(models.Model):
    """One row per person per day on which a reminder was due. The row is committed before the
    mail leaves, so a crash in between costs at most one mail and never sends one twice.
    Says nothing about what was in it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    day = models.DateField(_("dag"))
    state = models.CharField(max_length=10, choices=DigestState, default=DigestState.CLAIMED)

    class Meta:
        verbose_name = _("herinnering")
        verbose_name_plural = _("herinneringen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.get_state_display()}"
