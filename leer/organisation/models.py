"""The organisation: teams, job functions, and memberships over time."""

import uuid
from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leer.organisation.querysets import (
    DeputyshipQuerySet,
    HighRiskMarkQuerySet,
    PeriodQuerySet,
)

BEGINNING = date(1900, 1, 1)  # before anything that is known here


class JobFunction(models.Model):
    """One row per job function. ``high_risk`` marks the service's MRF (meest risicovolle
    functies): a property of the work, never of a person. What it was on a day in the past is in
    ``HighRiskMark``.
    """

    external_id = models.CharField(_("kenmerk"), max_length=100, unique=True)
    name = models.CharField(_("naam"), max_length=200)
    high_risk = models.BooleanField(_("meest risicovolle functie (MRF)"), default=False)

    class Meta:
        verbose_name = _("functie")
        verbose_name_plural = _("functies")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With its mark, from today on."""
        super().save(*args, **kwargs)
        keep_up_marks(since=timezone.localdate())


class HighRiskMark(models.Model):
    """One row per time that a job function was said to be an MRF or not, from a day on. Never
    changed: on a day, what was said last of that day or an earlier one holds. A function's first
    row holds from ``BEGINNING``. ``recorded_at`` is when Leer came to know, so that it can be told
    what was believed at any moment.
    """

    job_function = models.ForeignKey(JobFunction, on_delete=models.CASCADE, related_name="marks")
    high_risk = models.BooleanField(_("meest risicovolle functie (MRF)"))
    since = models.DateField(_("vanaf"))
    recorded_at = models.DateTimeField(_("vastgelegd"), default=timezone.now)

    objects: ClassVar = HighRiskMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("MRF-aanduiding")
        verbose_name_plural = _("MRF-aanduidingen")
        indexes: ClassVar = [
            models.Index(fields=["job_function", "-id"], name="high_risk_mark_last")
        ]

    def __str__(self) -> str:
        return f"{self.job_function_id}: {self.high_risk} ({self.since})"


def keep_up_marks(*, since: date) -> None:
    """Add a mark for each function whose flag is not what was said of it last: from that day on,
    or from the beginning when nothing was said of it before.
    """
    last = HighRiskMark.objects.filter(job_function=OuterRef("pk")).order_by("-id")
    functions = JobFunction.objects.annotate(said=Subquery(last.values("high_risk")[:1]))
    changed = functions.filter(Q(said__isnull=True) | ~Q(said=F("high_risk"))).order_by("pk")
    HighRiskMark.objects.bulk_create(
        HighRiskMark(
            job_function=function,
            high_risk=function.high_risk,
            since=BEGINNING if function.said is None else since,
        )
        for function in changed
    )


class Team(models.Model):
    """One row per team that ever was. ``public_id`` is what URLs carry: random, so that no
    team can be guessed from another's. ``parent`` is the team that it is a part of, as it is now.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    external_id = models.CharField(_("kenmerk"), max_length=100, unique=True)
    name = models.CharField(_("naam"), max_length=200)
    region = models.CharField(_("regio"), max_length=100, blank=True)
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("onderdeel van"),
    )
    active = models.BooleanField(_("actief"), default=True)

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Period(models.Model):
    """From ``valid_from`` up to, not including, ``valid_until``; ``None`` is still so."""

    valid_from = models.DateField(_("van"))
    valid_until = models.DateField(_("tot"), null=True, blank=True)

    objects: ClassVar = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True


def _days() -> Func:
    return Func(
        F("valid_from"),
        F("valid_until"),
        Value("[)"),
        function="daterange",
        output_field=DateRangeField(),
    )


def _one_user() -> Func:
    """The user as a range of one: plain PostgreSQL compares ranges in a GiST index, but
    numbers only with an extension that the embedded server lacks (btree_gist).
    """
    return Func(
        F("user_id"),
        F("user_id"),
        Value("[]"),
        function="int8range",
        output_field=BigIntegerRangeField(),
    )


class Membership(Period):
    """One row per person per stay in one team and function. Never changed afterwards, only
    closed: who was in which team when can be told for any day.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    job_function = models.ForeignKey(JobFunction, on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("plaatsing")
        verbose_name_plural = _("plaatsingen")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="membership_one_at_a_time",
                expressions=[
                    (_one_user(), RangeOperators.OVERLAPS),
                    (_days(), RangeOperators.OVERLAPS),
                ],
                index_type="gist",
                violation_error_message=_("Iemand zit op één dag in één team."),
            ),
            models.CheckConstraint(
                name="membership_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["team", "valid_until"], name="membership_team")]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class Leadership(Period):
    """One row per person per stretch of leading one team. A team may have several leaders,
    a leader several teams; being a leader says nothing about which team one is a member of.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="leaderships"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="leaderships")

    class Meta:
        verbose_name = _("leiding")
        verbose_name_plural = _("leiding")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "team"],
                condition=Q(valid_until__isnull=True),
                name="leadership_open_once",
            ),
            models.CheckConstraint(
                name="leadership_ends_after_it_begins",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} leidt {self.team}"


class Deputyship(Period):
    """One row per time that somebody who leads a team asked a colleague to stand in, from a day
    until (not including) another. Borrowed: it holds only while who asked leads the team. Never
    changed afterwards; ``ended_at`` and ``ended_by`` when somebody ended it before its time.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="deputyships"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="deputyships")
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    appointed_at = models.DateTimeField(_("gevraagd"), default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField(_("beëindigd"), null=True, blank=True)

    objects: ClassVar = DeputyshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("vervanging")
        verbose_name_plural = _("vervangingen")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="deputyship_has_an_end",
                condition=Q(valid_until__isnull=False) & Q(valid_until__gt=F("valid_from")),
            ),
            models.CheckConstraint(
                name="deputyship_is_of_somebody_else", condition=~Q(user=F("appointed_by"))
            ),
            models.CheckConstraint(
                name="deputyship_ended_by_somebody",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["user", "valid_until"], name="deputyship_user"),
            models.Index(fields=["team", "valid_until"], name="deputyship_team"),
        ]

    def __str__(self) -> str:
        return f"{self.user} vervangt {self.appointed_by} bij {self.team}"

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        assert self.valid_until
        return self.valid_until - timedelta(days=1)


class ImportState(models.TextChoices):
    """Where an import run is on its way."""

    PLANNING = "planning", _("wordt gecontroleerd")
    PLANNED = "planned", _("klaar om door te voeren")
    REFUSED = "refused", _("met fouten")
    APPLYING = "applying", _("wordt doorgevoerd")
    APPLIED = "applied", _("doorgevoerd")
    FAILED = "failed", _("mislukt")


class ImportRun(models.Model):
    """One row per import that an administrator began on the page.

    Two background jobs work on it: one plans, one applies; both do nothing when the state says
    that their work is done. ``digest`` is of the plan that the administrator saw: when the
    database changed since, applying shows the new plan instead. ``files`` (the texts as they
    came in) are emptied once applied, and everything with names in it after thirty days; who
    was where when is kept in the memberships, not here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("begonnen"), auto_now_add=True)
    effective_on = models.DateField(_("ingangsdatum"))
    complete = models.BooleanField(_("bestand is compleet"), default=False)
    skip_errors = models.BooleanField(_("foute regels overslaan"), default=False)
    state = models.CharField(
        _("stand"), max_length=10, choices=ImportState, default=ImportState.PLANNING
    )
    files = models.JSONField(default=dict, help_text="{file name: text}")
    summary = models.JSONField(default=dict, help_text="counts per kind and objections; no names")
    preview = models.JSONField(default=dict, help_text="first rows per kind")
    errors = models.JSONField(default=list, help_text="[{file, line, column, reason}]")
    digest = models.CharField(max_length=64, blank=True)
    outdated = models.BooleanField(default=False, help_text="the plan shown replaced an older one")
    plan_job = models.UUIDField(null=True)
    apply_job = models.UUIDField(null=True)
    applied_at = models.DateTimeField(_("doorgevoerd"), null=True)
    announced_at = models.DateTimeField(null=True, help_text="people_imported was sent")

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d} ({self.get_state_display()})"

    @property
    def is_busy(self) -> bool:
        """A background job is working on it."""
        return self.state in {ImportState.PLANNING, ImportState.APPLYING}

    @property
    def job_id(self) -> uuid.UUID | None:
        """The job that works on it now, or did so last."""
        return self.plan_job if self.state == ImportState.PLANNING else self.apply_job
