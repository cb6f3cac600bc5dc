"""Programmes: what is rolled out, to whom, by when, and what stands in the way."""

import uuid
from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leer.organisation.models import Team
from leer.risk.api import Band
from leer.rollout.querysets import ExemptionQuerySet

LONGEST = 156  # weeks: three years


class ProgrammeState(models.TextChoices):
    """Where a programme is on its way."""

    DRAFT = "draft", _("in voorbereiding")
    RUNNING = "running", _("loopt")
    CLOSED = "closed", _("gesloten")


class Programme(models.Model):
    """One row per rollout: modules and live sessions for many teams, the highest risk first.

    Week 0 begins on ``starts_on``, a Monday. Nothing is assigned while it is a draft, or while a
    ``Blocker`` of the whole programme stands: the first of those is the decision of the works
    council (WOR art. 27), which every programme begins with. ``managers_first``: leaders are
    planned before their teams. ``joiner_days``: who joins later has so many days from the first
    day (BIO2: three months). ``refresh_weeks``: how long somebody is protected after completion;
    empty is for as long as the programme lasts. ``earlier_weeks``: what was done so long before the
    programme begins counts for it; empty is whenever it was done. ``seed``: teams of equal risk
    come in an order drawn from it, so that effect can be told from time; recorded before the first
    plan.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("naam"), max_length=120)
    starts_on = models.DateField(_("begint op"), help_text=_("Een maandag: week 0."))
    weeks = models.PositiveSmallIntegerField(
        _("weken"), default=52, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    session_size = models.PositiveSmallIntegerField(
        _("plaatsen per bijeenkomst"), default=12, validators=[MinValueValidator(1)]
    )
    max_absent_percent = models.PositiveSmallIntegerField(
        _("hoeveel procent van een team hoogstens tegelijk weg is"),
        default=50,
        validators=[MaxValueValidator(100)],
    )
    managers_first = models.BooleanField(_("leidinggevenden gaan voor"), default=True)
    joiner_days = models.PositiveSmallIntegerField(_("dagen voor wie later komt"), default=90)
    refresh_weeks = models.PositiveSmallIntegerField(
        _("weken tot het opnieuw moet"), null=True, blank=True
    )
    earlier_weeks = models.PositiveSmallIntegerField(
        _("weken dat eerder gedaan meetelt"), null=True, blank=True
    )
    wave_weeks = models.PositiveSmallIntegerField(
        _("weken per golf"), default=4, validators=[MinValueValidator(1)]
    )
    open_at_percent = models.PositiveSmallIntegerField(
        _("een golf gaat pas open als zoveel procent van de vorige klaar is"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
    )
    seed = models.PositiveIntegerField(_("lotnummer"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=ProgrammeState, default=ProgrammeState.DRAFT)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("programma")
        verbose_name_plural = _("programma’s")
        ordering: ClassVar = ["-starts_on", "title"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="programme_starts_on_a_monday",
                condition=Q(starts_on__iso_week_day=1),
                violation_error_message=_("Een programma begint op een maandag."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def counts_since(self) -> date | None:
        """The first day of which what was done counts; none: it always does."""
        if self.earlier_weeks is None:
            return None
        return self.starts_on - timedelta(weeks=self.earlier_weeks)


class ItemKind(models.TextChoices):
    """What an item is."""

    MODULE = "module", _("module")
    SESSION = "session", _("bijeenkomst")


class ProgrammeItem(models.Model):
    """One row per thing that a programme brings: a module, or the live session (at most one).

    ``regions`` and ``job_functions`` (keys of functions) make it a variant: only people there, or
    in such a function, get it; empty is everybody.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("soort"), max_length=10, choices=ItemKind, default=ItemKind.MODULE)
    module_key = models.CharField(_("module"), max_length=100, blank=True)
    title = models.CharField(_("naam van de bijeenkomst"), max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(_("duur in minuten"), null=True, blank=True)
    regions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    job_functions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    class Meta:
        verbose_name = _("onderdeel van een programma")
        verbose_name_plural = _("onderdelen van een programma")
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "module_key"],
                condition=Q(kind=ItemKind.MODULE),
                name="item_module_once",
            ),
            models.UniqueConstraint(
                fields=["programme"], condition=Q(kind=ItemKind.SESSION), name="item_one_session"
            ),
            models.CheckConstraint(
                name="item_names_what_it_is",
                condition=Q(kind=ItemKind.MODULE, title="") & ~Q(module_key="")
                | Q(kind=ItemKind.SESSION, module_key="") & ~Q(title=""),
            ),
        ]

    def __str__(self) -> str:
        return self.module_key or self.title


class AudienceRule(models.Model):
    """One row per sentence of "for whom". All that is filled in must hold of somebody's work; a
    person is in when one including rule holds and no excluding one does. Empty lists ask nothing.
    Rules look at the work only: team, region, function, leading a team, day of joining.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="rules")
    excludes = models.BooleanField(_("juist niet"), default=False)
    teams = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    regions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    job_functions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    leaders_only = models.BooleanField(_("alleen wie leidinggeeft"), default=False)
    joined_from = models.DateField(_("in dienst vanaf"), null=True, blank=True)
    joined_until = models.DateField(_("in dienst tot en met"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("regel voor wie")
        verbose_name_plural = _("regels voor wie")
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.pk)


class BandDeadline(models.Model):
    """One row per band with a last week in which its teams come. A band without a row has none."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="deadlines")
    band = models.CharField(_("band"), max_length=10, choices=[(one.value, one) for one in Band])
    week = models.PositiveSmallIntegerField(_("uiterste week"))

    class Meta:
        verbose_name = _("uiterste week van een band")
        verbose_name_plural = _("uiterste weken van banden")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "band"], name="deadline_once_a_band")
        ]

    def __str__(self) -> str:
        return f"{self.band}: {self.week}"


class Seats(models.Model):
    """One row per region and week with seats; a week without a row has none."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="seats")
    region = models.CharField(_("regio"), max_length=100)
    week = models.PositiveSmallIntegerField(_("week"))
    seats = models.PositiveSmallIntegerField(_("plaatsen"))

    class Meta:
        verbose_name = _("plaatsen")
        verbose_name_plural = _("plaatsen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "region", "week"], name="seats_once")
        ]

    def __str__(self) -> str:
        return f"{self.region}, {self.week}: {self.seats}"


class TeamWish(models.Model):
    """One row per team about which planning must know something: the first week it may come, the
    weeks in which it cannot, and why.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="wishes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    ready_week = models.PositiveSmallIntegerField(_("vanaf week"), default=0)
    blackout_weeks = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True, verbose_name=_("niet in week")
    )
    reason = models.CharField(_("reden"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("wens van een team")
        verbose_name_plural = _("wensen van teams")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "team"], name="wish_once_a_team")
        ]

    def __str__(self) -> str:
        return f"{self.team_id}"


class Blocker(models.Model):
    """One row per thing without which nothing may begin: a decision, a room, a text. For the
    whole programme, or for one region. Solved by whoever says so, with what it rests on.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="blockers")
    region = models.CharField(_("regio"), max_length=100, blank=True)
    what = models.CharField(_("wat ontbreekt"), max_length=200)
    since = models.DateField(_("sinds"))
    solved_on = models.DateField(_("opgelost op"), null=True, blank=True)
    solved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    solved_with = models.CharField(
        _("waarmee"), max_length=200, blank=True, help_text=_("Bijvoorbeeld: besluit OR 2026-14.")
    )

    class Meta:
        verbose_name = _("belemmering")
        verbose_name_plural = _("belemmeringen")
        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="blocker_is_solved_whole",
                condition=Q(solved_on__isnull=True, solved_by__isnull=True, solved_with="")
                | (Q(solved_on__isnull=False, solved_by__isnull=False) & ~Q(solved_with="")),
            )
        ]

    def __str__(self) -> str:
        return self.what


class Exemption(models.Model):
    """One row per person who need not take part, or need not do one module of it (``module_key``),
    with why and on whose word. Holds up to and including ``until``; empty is for as long as the
    programme lasts. Never deleted or changed: one that is taken back gets ``ended_at``, by whom and
    why. The reason is about the work ("is met pensioen vóór de start"), never about health.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="exemptions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    module_key = models.CharField(_("module"), max_length=100, blank=True)
    reason = models.CharField(_("reden"), max_length=200)
    until = models.DateField(_("tot en met"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_because = models.CharField(_("waarom niet meer"), max_length=200, blank=True)

    objects: ClassVar = ExemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("vrijstelling")
        verbose_name_plural = _("vrijstellingen")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "user", "module_key"],
                condition=Q(ended_at__isnull=True),
                name="exemption_once_at_a_time",
            ),
            models.CheckConstraint(
                name="exemption_not_by_oneself", condition=~Q(user=F("given_by"))
            ),
            models.CheckConstraint(
                name="exemption_taken_back_for_a_reason",
                condition=Q(ended_by__isnull=True) | ~Q(ended_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
