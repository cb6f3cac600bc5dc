"""Who saw personal data of others, and what the works council decided."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leer.privacy.facilities import Facility
from leer.privacy.querysets import DecisionQuerySet


class Look(models.Model):
    """One row per time that somebody saw personal data of others on a page or in a file.

    ``page`` is the name of its URL. ``people`` are the ids of those whose data was on it; with
    ``everybody`` it was a list of the whole organisation, and ``people`` is empty. What was seen
    is not kept, only whose and where.
    """

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    page = models.CharField(max_length=100)
    people = ArrayField(models.BigIntegerField(), default=list)
    everybody = models.BooleanField(default=False)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("inzage")
        verbose_name_plural = _("inzagen")
        indexes: ClassVar = [GinIndex(fields=["people"], name="look_people")]

    def __str__(self) -> str:
        return f"{self.viewer_id}: {self.page}"


class CouncilDecision(models.Model):
    """One row per decision of the works council about one facility, as somebody recorded it: by
    which minutes, under which conditions, from and up to and including which day. It holds once a
    second person confirmed it. Never changed or deleted: what happens to it is a ``CouncilStep``,
    and a longer period is a new decision.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    facility = models.CharField(_("waarover"), max_length=20, choices=Facility)
    decided_on = models.DateField(_("besloten op"))
    reference = models.CharField(
        _("waar het staat"),
        max_length=200,
        help_text=_(
            "Het verslag of de brief van de ondernemingsraad, zodat ieder het kan nazoeken."
        ),
    )
    conditions = models.TextField(
        _("voorwaarden"),
        max_length=2000,
        blank=True,
        help_text=_("Wat de ondernemingsraad erbij vroeg. Iedereen die hier werkt, leest dit."),
    )
    begins_on = models.DateField(_("geldt vanaf"))
    until = models.DateField(_("tot en met"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField()

    objects: ClassVar = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("besluit van de ondernemingsraad")
        verbose_name_plural = _("besluiten van de ondernemingsraad")
        ordering: ClassVar = ["-decided_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="council_decides_before_it_holds",
                condition=Q(decided_on__lte=F("begins_on")) & Q(begins_on__lte=F("until")),
                violation_error_message=_(
                    "Een besluit geldt op zijn vroegst vanaf de dag waarop het is genomen, en"
                    " eindigt niet voor het begint."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_facility_display()}: {self.reference}"


class StepKind(models.TextChoices):
    """What happens to a recorded decision."""

    CONFIRMED = "confirmed", _("bevestigd")
    ENDED = "ended", _("beëindigd")


class CouncilStep(models.Model):
    """One row per thing that happened to a recorded decision: a second person confirmed it, or it
    was ended (also before anybody confirmed it). Each at most once, by whom, and of an end why.
    """

    decision = models.ForeignKey(CouncilDecision, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(_("reden"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("stap van een besluit")
        verbose_name_plural = _("stappen van besluiten")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "kind"], name="council_step_once"),
            models.CheckConstraint(
                name="council_end_has_a_reason",
                condition=Q(kind=StepKind.CONFIRMED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.kind}"
