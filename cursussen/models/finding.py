"""What the gate found in a true story, and a second person let pass."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AcceptedFinding(models.Model):
    """One row per stretch of text that may stay in this page, wherever it stands there.

    ``digest`` is a keyed hash of its kind and its text (``cursussen.gate.judging``): what might be
    somebody's name is not written down once more. ``reason`` is why nobody is recognised by it.
    """

    page = models.ForeignKey(
        "cursussen.BasePage", on_delete=models.CASCADE, related_name="accepted_findings"
    )
    digest = models.CharField(max_length=64)
    kind = models.CharField(_("soort"), max_length=20)
    reason = models.CharField(_("reden"), max_length=300)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("aanvaarde vondst")
        verbose_name_plural = _("aanvaarde vondsten")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["page", "digest"], name="finding_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.reason}"
