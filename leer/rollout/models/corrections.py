"""That somebody says of a fact about themselves: this is not right; and what was answered."""

import uuid
from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class About(models.TextChoices):
    """Which kind of fact it is about. None of class B or C: what nobody sees, nobody judges."""

    DONE = "done", _("gedaan")
    ELSEWHERE = "elsewhere", _("elders gedaan")
    ASSIGNED = "assigned", _("toegewezen")
    EXEMPT = "exempt", _("vrijgesteld")
    PLACE = "place", _("team en functie")


class CorrectionState(models.TextChoices):
    """Where a request is on its way."""

    ASKED = "asked", _("wacht op het programma")
    ACCEPTED = "accepted", _("verbeterd")
    REFUSED = "refused", _("niet verbeterd")
    POINTED = "pointed", _("verbeter je in het personeelssysteem")


class Correction(models.Model):
    """One row per time that somebody said of one fact about themselves that it is not right.
    ``about`` and ``reference`` say which fact, ``fact`` what it said then, in words, and
    ``should_be`` what it should be. Answered once, by another person, before ``due_on`` (GDPR
    article 12(3)); of what comes from the personnel system at once, by nobody. The fact itself is
    never edited: what follows is another fact. The words go some time after the answer.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="corrections"
    )
    about = models.CharField(_("waarover"), max_length=10, choices=About)
    reference = models.CharField(max_length=60)
    fact = models.CharField(_("wat er staat"), max_length=300)
    should_be = models.TextField(_("wat het moet zijn"), max_length=1000)
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(_("antwoord uiterlijk"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("antwoord"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("verzoek om verbetering")
        verbose_name_plural = _("verzoeken om verbetering")
        ordering: ClassVar = ["asked_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "about", "reference"],
                condition=Q(state="asked"),
                name="correction_asked_once_at_a_time",
            ),
            models.CheckConstraint(
                name="correction_not_by_oneself", condition=~Q(user=F("decided_by"))
            ),
            models.CheckConstraint(
                name="correction_is_answered_whole",
                condition=Q(state="asked", decided_by=None, decided_at=None, answer="")
                | Q(state="pointed", decided_by=None, decided_at__isnull=False, answer="")
                | Q(
                    state__in=["accepted", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.state}"

    def is_overdue(self, day: date) -> bool:
        """The month is over, and nobody answered."""
        return self.state == CorrectionState.ASKED and self.due_on < day
