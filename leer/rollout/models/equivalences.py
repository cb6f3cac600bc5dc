"""That somebody did a course elsewhere, with proof, and what a second person said of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EquivalenceState(models.TextChoices):
    """Where a request is on its way."""

    ASKED = "asked", _("wacht op het programma")
    ACCEPTED = "accepted", _("telt mee")
    REFUSED = "refused", _("telt niet mee")
    WITHDRAWN = "withdrawn", _("telt niet meer mee")


class Equivalence(models.Model):
    """One row per time that somebody said: I did this elsewhere (``what``, ``place``, ``done_on``),
    and here is what shows it. Decided once, by another person,
    and never deleted then. Accepted it is a
    fact in the ledger; taken back later (``withdrawn``) another one. Who and why are here only.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="equivalences"
    )
    module_key = models.CharField(_("module"), max_length=100)
    what = models.CharField(_("wat"), max_length=200)
    place = models.CharField(_("waar"), max_length=200)
    done_on = models.DateField(_("wanneer"))
    told = models.TextField(_("toelichting"), max_length=1000, blank=True)
    state = models.CharField(
        max_length=10, choices=EquivalenceState, default=EquivalenceState.ASKED
    )
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(_("waarom niet"), max_length=300, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(_("waarom niet meer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("elders gedaan")
        verbose_name_plural = _("elders gedaan")
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "module_key"],
                condition=Q(state="asked"),
                name="equivalence_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                name="equivalence_not_by_oneself",
                condition=~Q(user=F("decided_by")) & ~Q(user=F("withdrawn_by")),
            ),
            models.CheckConstraint(
                name="equivalence_is_decided_whole",
                condition=Q(state="asked", decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False)
                & (
                    Q(state="accepted")
                    | Q(state="refused") & ~Q(refusal="")
                    | Q(state="withdrawn", withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                    & ~Q(withdrawn_because="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_key}: {self.state}"


class EquivalenceProof(models.Model):
    """One row per file that came with a request: in the database and not in a folder, so that it
    is there with the request, goes with it, and has no address of its own. Removed some time after
    the decision.
    """

    equivalence = models.OneToOneField(Equivalence, on_delete=models.CASCADE, related_name="proof")
    extension = models.CharField(max_length=5)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("bewijsstuk van elders")
        verbose_name_plural = _("bewijsstukken van elders")

    def __str__(self) -> str:
        return str(self.equivalence_id)
