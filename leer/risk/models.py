"""Risk profiles: what was judged of a team's work, by whom, on what grounds."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from leer.organisation.models import Team
from leer.risk.querysets import RiskProfileQuerySet
from leer.risk.scoring.algorithm import CHOSEN, HIGHEST, Factor


class State(models.TextChoices):
    """Where a version of a profile is on its way."""

    DRAFT = "draft", _("concept")
    SUBMITTED = "submitted", _("wacht op een tweede persoon")
    APPROVED = "approved", _("goedgekeurd")
    REFUSED = "refused", _("afgewezen")
    WITHDRAWN = "withdrawn", _("ingetrokken")


class Uncertainty(models.TextChoices):
    """How sure the one who judged is."""

    LOW = "laag", _("laag")
    MEDIUM = "midden", _("midden")
    HIGH = "hoog", _("hoog")


class SourceKind(models.TextChoices):
    """What a judgement rests on. A report of an approach is none of these, and never will be:
    who reports must not raise the score of the own team.
    """

    JOB_DESCRIPTION = "job_description", _("functiebeschrijving of functie-indeling")
    PROCEDURE = "procedure", _("werkinstructie of procedure")
    AUTHORISATIONS = "authorisations", _("overzicht van rechten in systemen en passen")
    VISIT = "visit", _("werkbezoek of gesprek over het werk")
    THREAT_PICTURE = "threat_picture", _("dreigingsbeeld (landelijk of regionaal)")
    CLOSED_INQUIRY = "closed_inquiry", _("afgesloten onderzoek")
    AUDIT = "audit", _("audit of controle op het proces")
    DEFAULT = "default", _("geen: een standaard van Leer")  # of a bulk start; nobody can choose it


ABOUT_THE_WORK = (
    SourceKind.JOB_DESCRIPTION,
    SourceKind.PROCEDURE,
    SourceKind.AUTHORISATIONS,
    SourceKind.VISIT,
    SourceKind.AUDIT,
)
ABOUT_SIGNALS = (SourceKind.THREAT_PICTURE, SourceKind.CLOSED_INQUIRY, SourceKind.AUDIT)


def source_kinds_of(factor: Factor) -> tuple[SourceKind, ...]:
    """What a judgement of this factor may rest on."""
    return ABOUT_SIGNALS if factor is Factor.SIGNALS else ABOUT_THE_WORK


def _level(label: Any) -> Any:
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MaxValueValidator(HIGHEST)]
    )


class RiskProfile(models.Model):
    """One row per version of a team's profile. Five levels are chosen by their anchors; the sixth,
    the MRF share, is counted and stands nowhere. No score here: it follows from the levels, the
    weights of the day and the people of the day.

    A draft may change. Once submitted only its state does, and once decided nothing: the next
    version takes its place. In force from the day it was approved until the next one is. The key
    is random, so that it tells nothing of the order in which profiles were made.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField(_("versie"))
    state = models.CharField(_("stand"), max_length=9, choices=State, default=State.DRAFT)
    power = _level(_("macht"))
    information = _level(_("informatie"))
    access = _level(_("terrein"))
    exposure = _level(_("zichtbaarheid"))
    signals = _level(_("signalen"))
    provisional = models.BooleanField(
        _("voorlopig"), default=False, help_text="a default by job functions: nobody judged it"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("voorgesteld"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    decided_at = models.DateTimeField(_("besloten"), null=True)
    decision_reason = models.TextField(_("reden van het besluit"), blank=True)
    review_due_on = models.DateField(_("opnieuw bekijken op"), null=True)
    batch = models.UUIDField(null=True, help_text="came in together with others")

    objects: ClassVar = RiskProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("risicoprofiel")
        verbose_name_plural = _("risicoprofielen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "number"], name="risk_profile_number_once"),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(state__in=[State.DRAFT, State.SUBMITTED]),
                name="risk_profile_one_open_per_team",
            ),
            models.CheckConstraint(
                name="risk_profile_levels_chosen_once_submitted",
                condition=Q(state__in=[State.DRAFT, State.WITHDRAWN])
                | Q(*[(f"{factor}__isnull", False) for factor in CHOSEN]),
            ),
            models.CheckConstraint(
                name="risk_profile_levels_go_to_four",
                condition=Q(*[(f"{factor}__lte", HIGHEST) for factor in CHOSEN]),
            ),
            models.CheckConstraint(
                name="risk_profile_decided_by_a_second_person",
                condition=~Q(state__in=[State.APPROVED, State.REFUSED])
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                ),
            ),
            models.CheckConstraint(
                name="risk_profile_approved_has_a_review_day",
                condition=~Q(state=State.APPROVED) | Q(review_due_on__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["team", "-number"],
                condition=Q(state=State.APPROVED),
                name="risk_profile_in_force",
            ),
            models.Index(fields=["batch"], name="risk_profile_batch"),
        ]

    def __str__(self) -> str:
        """Without a level: this may end in a log."""
        return f"{self.team_id}: {self.number} ({self.state})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Drafts only; what was submitted moves on by ``actions``, and never changes."""
        if not self._state.adding and self._was_submitted():
            raise TypeError("A submitted RiskProfile never changes; make the next version.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never: every version is kept."""
        raise TypeError("A RiskProfile is never deleted.")

    def _was_submitted(self) -> bool:
        return not RiskProfile.objects.filter(pk=self.pk, state=State.DRAFT).exists()

    @property
    def is_open(self) -> bool:
        """Somebody still writes or decides on it."""
        return self.state in {State.DRAFT, State.SUBMITTED}

    @property
    def levels(self) -> dict[Factor, int]:
        """The levels that were chosen; without the MRF share."""
        return {factor: getattr(self, factor) for factor in CHOSEN}


class FactorJudgement(models.Model):
    """One row per chosen factor of a version: why this level, on which source of which day, and
    how sure. The level itself is in the profile. For signals ``source_date`` is the day on which
    it was established; a signal counts from a quarter after it, for twelve months.
    """

    profile = models.ForeignKey(RiskProfile, on_delete=models.PROTECT, related_name="judgements")
    factor = models.CharField(
        _("factor"), max_length=20, choices=[(factor.value, factor.value) for factor in CHOSEN]
    )
    reason = models.TextField(_("reden"), blank=True)
    source_kind = models.CharField(_("soort bron"), max_length=20, choices=SourceKind, blank=True)
    source = models.CharField(_("bron"), max_length=300, blank=True)
    source_date = models.DateField(_("datum van de bron"), null=True, blank=True)
    uncertainty = models.CharField(_("onzekerheid"), max_length=6, choices=Uncertainty, blank=True)

    class Meta:
        verbose_name = _("oordeel over een factor")
        verbose_name_plural = _("oordelen over factoren")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["profile", "factor"], name="factor_judgement_once_per_profile"
            ),
            models.CheckConstraint(
                name="factor_judgement_rests_on_a_source_of_its_kind",
                condition=Q(source_kind__in=["", SourceKind.DEFAULT])
                | Q(factor=Factor.SIGNALS.value, source_kind__in=ABOUT_SIGNALS)
                | (~Q(factor=Factor.SIGNALS.value) & Q(source_kind__in=ABOUT_THE_WORK)),
            ),
        ]

    def __str__(self) -> str:
        return self.factor
