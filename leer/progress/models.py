"""How far people are. Every row here can be made again from the ledger."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ModuleProgress(models.Model):
    """One row per stay of a person in a module (``registration``): who does it again later does so
    in a new row, and the old one stays. ``completed_at`` is never taken away and belongs to
    ``completed_version``, the content that was done. No score: class A only.

    ``elsewhere``: a stay of which the course was done outside Leer, as a second person accepted, on
    ``completed_at``. When a stay was a mistake it is ``retracted``, counts for nothing and has no
    moment any more: the one case, and somebody's word in the ledger.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    module_key = models.CharField(max_length=100)
    registration = models.UUIDField()
    started_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    completed_version = models.CharField(max_length=100, blank=True)
    elsewhere = models.BooleanField(default=False)
    retracted = models.BooleanField(default=False)

    # Of the parts that were done, in the same order; only where ``standing_of`` read the row.
    part_keys: list[str]
    part_moments: list[datetime]

    class Meta:
        verbose_name = _("voortgang in een module")
        verbose_name_plural = _("voortgang in modules")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "module_key", "registration"], name="module_progress_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.module_key}: {self.user_id}"

    def counts(self, since: datetime | None) -> bool:
        """This stay is of the round that counts from this moment (``None``: from the first day)."""
        moment = self.completed_at or self.started_at
        if self.retracted:
            return False
        return since is None or (moment is not None and moment >= since)


class PartProgress(models.Model):
    """One row per person per part of a module that was done at least once: ``completed_at`` the
    first time, ``latest_at`` the last.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    module_key = models.CharField(max_length=100)
    part_key = models.CharField(max_length=100)
    completed_at = models.DateTimeField(null=True)
    latest_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("voortgang in een deel")
        verbose_name_plural = _("voortgang in delen")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "module_key", "part_key"], name="part_progress_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.module_key}/{self.part_key}: {self.user_id}"

    def counts(self, since: datetime | None) -> bool:
        """Done in the round that counts from this moment (``None``: from the first day)."""
        return self.latest_at is not None and (since is None or self.latest_at >= since)


class AttemptKind(models.TextChoices):
    """What was attempted."""

    QUIZ = "quiz", _("vragen")
    SCENARIO = "scenario", _("scenario")


class Attempt(models.Model):
    """One row per attempt at a quiz or scenario, pinned to the version it began with.

    Class B: ``steps``, ``score`` and ``outcome`` are for the person only. ``steps`` maps the
    step's number ("1", "2" …) to what was chosen there: ``{"scene", "target"}`` in a scenario,
    ``{"question", "response", "scaled", "success"}`` in a quiz (of a private reflection
    nothing but the question).

    ``drawn`` are the keys of the questions that this attempt asks, in order; empty when it asks
    all that its version has. ``given_steps`` is how many of the first steps were taken over from
    an earlier attempt (*opnieuw vanaf deze scène*): they are no choices of this one.

    Both were said at the beginning. When that was forgotten (no ``started_at``), what is left is
    not gone on with: an attempt is open when it began and did not end.
    """

    id = models.UUIDField(primary_key=True, help_text="the xAPI registration")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    module_key = models.CharField(max_length=100)
    part_key = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=AttemptKind)
    version = models.CharField(max_length=100, help_text="quiz version or scenario version id")
    steps = models.JSONField(default=dict)
    drawn = models.JSONField(default=list)
    given_steps = models.PositiveSmallIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True, help_text="ending of a scenario")
    score = models.FloatField(null=True, help_text="0 to 1, of a quiz")

    class Meta:
        verbose_name = _("poging")
        verbose_name_plural = _("pogingen")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "module_key", "part_key"],
                condition=Q(started_at__isnull=False, ended_at__isnull=True),
                name="attempt_one_open",
            )
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def next_step(self) -> int:
        """The number of the step that comes now, from 1."""
        return len(self.steps) + 1

    @property
    def is_whole(self) -> bool:
        """Every step up to the last is there. What was forgotten by now left a gap."""
        return all(str(number) in self.steps for number in range(1, self.next_step))

    def in_order(self) -> list[dict[str, Any]]:
        """The steps as they were taken, of an attempt that is whole."""
        return [self.steps[str(number)] for number in range(1, self.next_step)]


class Acknowledgement(models.Model):
    """One row per person and text of a policy that they said they read and understood (gelezen en
    begrepen). ``version`` is its number and ``sha256`` the hash of the exact text, which
    ``cursussen`` keeps for ever. Class A: no answer that was given on the way is anywhere.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    policy_key = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    acknowledged_at = models.DateTimeField()

    class Meta:
        verbose_name = _("gelezen en begrepen")
        verbose_name_plural = _("gelezen en begrepen")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "policy_key", "version", "sha256"], name="acknowledgement_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["policy_key", "version"], name="acknowledgement_of_policy")
        ]

    def __str__(self) -> str:
        return f"{self.policy_key} {self.version}: {self.user_id}"


class CaseReading(models.Model):
    """One row per person and case that they said they read (gelezen); ``read_at`` is when they
    first said so. Nobody is asked to, and no page shows it to anybody else.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    case_key = models.CharField(max_length=100)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("gelezen casus")
        verbose_name_plural = _("gelezen casussen")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "case_key"], name="case_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.case_key}: {self.user_id}"


class Repair(models.Model):
    """One row per row that a repair put right: in which table (``what``), which one, and what it
    was and became (empty: it was not there). Of class B it says only that it differed.
    """

    at = models.DateTimeField(_("wanneer"), default=timezone.now)
    what = models.CharField(max_length=50)
    row = models.CharField(max_length=250)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("herstel van een rij")
        verbose_name_plural = _("herstelde rijen")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.row}"


class RebuildRun(models.Model):
    """One row per time that progress was held against the ledger, from the first account to the
    last: how far it is (``after``, the number of the last account), and what it found. One that was
    stopped goes on from there.
    """

    mends = models.BooleanField()
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    after = models.BigIntegerField(default=0)
    people = models.BigIntegerField(default=0)
    facts = models.BigIntegerField(default=0)
    wrong = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("vergelijking met het grootboek")
        verbose_name_plural = _("vergelijkingen met het grootboek")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}: {self.people}"
