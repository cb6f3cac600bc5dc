"""What monitoring keeps: which reminders went out, which nudges were asked for, and how exposure
stood on each day.
"""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leer.organisation.models import Team
from leer.progress.models import Attempt
from leer.rollout.models import Programme, RolloutPlan


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


class Nudge(models.Model):
    """One row per time that a manager asked for a nudge of a team. ``day`` is the day of asking,
    from which a week counts; ``finished_at`` when everybody was written to who had something open.
    Says nothing of who that were.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(_("dag"))
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("duwtje")
        verbose_name_plural = _("duwtjes")
        indexes: ClassVar = [models.Index(fields=["team", "-day"], name="nudge_team")]

    def __str__(self) -> str:
        return f"{self.day}: {self.team_id}"


class ExposureDay(models.Model):
    """One row per programme and day that was counted: how its people stood at the end of that day,
    by the risk, the placements, the plan and the completions of that day. Counted again it is the
    same. ``low`` and ``high``: between which exposure left lies in nine draws of ten, when the
    weights of the score move; the lists are of the plan, per week. No person. Class D.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="exposure")
    day = models.DateField(_("dag"))
    plan = models.ForeignKey(RolloutPlan, on_delete=models.SET_NULL, null=True, related_name="+")
    people = models.PositiveIntegerField(_("mensen"))
    protected = models.PositiveIntegerField(_("beschermd"))
    risk = models.FloatField()
    protected_risk = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    planned_low = ArrayField(models.FloatField())
    planned_high = ArrayField(models.FloatField())
    leaders = models.PositiveIntegerField(_("leidinggevenden"))
    leaders_due = models.PositiveIntegerField()
    leaders_in_time = models.PositiveIntegerField()
    joiners = models.PositiveIntegerField(_("nieuwe collega’s"))
    joiners_due = models.PositiveIntegerField()
    joiners_in_time = models.PositiveIntegerField()
    counted_at = models.DateTimeField(_("geteld"), default=timezone.now)

    class Meta:
        verbose_name = _("dag van een programma")
        verbose_name_plural = _("dagen van programma’s")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "day"], name="exposure_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme_id}: {self.day}"


class ExposurePoint(models.Model):
    """One row per region and band of a counted day; together they are the day. An empty band is
    of teams without a risk profile: their people count, their risk is not known. The lists are of
    the plan that held, per week of the programme: people protected at its end, and their risk.
    ``expected``: who was there when the programme began, ``in_time``: done by the band's last day.
    """

    counted = models.ForeignKey(ExposureDay, on_delete=models.CASCADE, related_name="points")
    region = models.CharField(_("regio"), max_length=100, blank=True)
    band = models.CharField(_("band"), max_length=10, blank=True)
    teams = models.PositiveIntegerField(_("teams"))
    people = models.PositiveIntegerField(_("mensen"))
    protected = models.PositiveIntegerField(_("beschermd"))
    risk = models.FloatField()
    protected_risk = models.FloatField()
    planned_people = ArrayField(models.FloatField())
    planned_risk = ArrayField(models.FloatField())
    last_day = models.DateField(_("uiterlijk"), null=True)
    expected = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("blootstelling van een regio en band")
        verbose_name_plural = _("blootstelling van regio’s en banden")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["counted", "region", "band"], name="exposure_point_once"
            )
        ]

    def __str__(self) -> str:
        """Without a figure: this may end in a log."""
        return f"{self.counted_id}: {self.region}"


class Counted(models.Model):
    """One row per person who was ever assigned something, did something, or was in a team: what
    is counted of them now, as in ``CountChange`` (a list of such rows). Written in the transaction
    of whatever changes it, by triggers (migration 0004); the row is also what holds two changes of
    one person apart. Says nothing that assignments, placements and completions do not say.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    counted = models.JSONField(default=list)

    class Meta:
        verbose_name = _("wat van iemand is meegeteld")
        verbose_name_plural = _("wat van mensen is meegeteld")

    def __str__(self) -> str:
        return str(self.user_id)


class CountedAttempt(models.Model):
    """One row per attempt at a story that is not looked at again when first attempts are counted:
    it is in the figures, or it is not somebody's first. Nobody counts twice, whichever team a
    later correction puts them in. Kept as long as counting looks back, also when the attempt is
    gone: it says nothing then.
    """

    attempt = models.OneToOneField(
        Attempt,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        primary_key=True,
        related_name="+",
    )
    counted_on = models.DateField(_("geteld op"), db_index=True)

    class Meta:
        verbose_name = _("getelde poging")
        verbose_name_plural = _("getelde pogingen")

    def __str__(self) -> str:
        return str(self.attempt_id)


class Count(models.Model):
    """So many people (of a team, or of a region) are so far with a module: ``todo``, ``busy`` or
    ``done``, as in ``leer.rollout.api.State``. Who is not done by ``due_on`` is overdue the day
    after; of who is done it is empty. ``since`` is the day from which it counts: that of a
    placement (and, with fewer people, of its end); empty when it counts already. Counts of several
    rows add up.
    """

    module_key = models.CharField(max_length=100)
    state = models.CharField(max_length=10)
    due_on = models.DateField(null=True)
    since = models.DateField(null=True)
    people = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.module_key}: {self.people} {self.state}"


class CountChange(Count):
    """One row per change of a count, as it was written beside what changed it: nobody waits for
    somebody else of the same team. Folded into ``TeamCount`` every minute, and gone then.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("verandering van een telling")
        verbose_name_plural = _("veranderingen van tellingen")


class TeamCount(Count):
    """One row per team, module, state and day: the sum of all changes that were folded."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("telling van een team")
        verbose_name_plural = _("tellingen van teams")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "module_key", "state", "due_on", "since"],
                nulls_distinct=False,
                name="team_count_once",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["since"],
                condition=models.Q(since__isnull=False),
                name="team_count_ahead",
            )
        ]


class TeamRegion(models.Model):
    """One row per team: the region in which the counts of the team are part of ``RegionCount``. A
    team that goes to another region is counted there from the next fold on.
    """

    team = models.OneToOneField(Team, on_delete=models.CASCADE, primary_key=True, related_name="+")
    region = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("regio waarin een team meetelt")
        verbose_name_plural = _("regio’s waarin teams meetellen")

    def __str__(self) -> str:
        return f"{self.team_id}: {self.region}"


class RegionCount(Count):
    """One row per region, module, state and day: the sum of its teams, so that the whole
    organisation is read in some dozens of rows per module however many teams there are.
    """

    region = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("telling van een regio")
        verbose_name_plural = _("tellingen van regio’s")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region", "module_key", "state", "due_on", "since"],
                nulls_distinct=False,
                name="region_count_once",
            )
        ]
