"""Plans of a programme, and the waves that come of one."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leer.organisation.models import Team
from leer.rollout.models.programmes import Programme

LEADERS = 0  # the number of the wave of those who lead, where they go before their teams


class PlanState(models.TextChoices):
    """Where a plan is on its way."""

    PROPOSED = "proposed", _("voorstel")
    ADOPTED = "adopted", _("geldt")
    REPLACED = "replaced", _("vervangen")


class RolloutPlanQuerySet(models.QuerySet["RolloutPlan"]):
    """Plans."""

    def held_on(self, day: date) -> Self:
        """Those that held at the end of this day; one of a programme at most."""
        end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
        still = Q(replaced_at__isnull=True) | Q(replaced_at__gte=end)
        return self.filter(still, adopted_at__lt=end)


class RolloutPlan(models.Model):
    """One row per plan that was ever made for a programme; never changed, but for its state.

    ``input`` and ``output`` are those of ``manage.py rollout_plan`` to the letter, with teams by
    their public id: an auditor runs it again and finds the same. ``replans`` is the plan that it
    keeps what it can of (``None``: made as if nothing was booked), and ``moves`` is what that
    changed (``Move``). ``seed`` is the programme's of that day: it draws the order of equals again.
    One plan of a programme holds at a time. Class D.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveSmallIntegerField(_("nummer"))
    method = models.CharField(_("manier"), max_length=10)
    replans = models.ForeignKey("self", on_delete=models.RESTRICT, related_name="+", null=True)
    seed = models.PositiveIntegerField(_("lotnummer"), null=True)
    risk_on = models.DateField(_("risico van"), help_text="the day whose scores were used")
    input = models.JSONField()
    output = models.JSONField()
    moves = models.JSONField(default=list, help_text="[{team, from_week, to_week, why}]")
    reason = models.CharField(_("waarom een nieuw plan"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.PROPOSED)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    made_at = models.DateTimeField(_("gemaakt"))
    adopted_at = models.DateTimeField(_("geldt sinds"), null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = RolloutPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plannen")
        ordering: ClassVar = ["programme", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(state=PlanState.ADOPTED),
                name="plan_one_holds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.number}"


class Booking(models.Model):
    """One row per live session in a plan: so many people of one team, in one week (counted from
    the programme's first). ``public_id`` stays the same through later plans for as long as the
    booking does, and is the UID of its invitations (RFC 5545).
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="bookings")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    week = models.PositiveSmallIntegerField(_("week"))
    people = models.PositiveSmallIntegerField(_("mensen"))

    class Meta:
        verbose_name = _("geplande bijeenkomst")
        verbose_name_plural = _("geplande bijeenkomsten")
        ordering: ClassVar = ["week", "public_id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "public_id"], name="booking_once_a_plan")
        ]

    def __str__(self) -> str:
        return f"{self.team_id}: {self.week}"


class WaveFirmness(models.Model):
    """One row per team of a plan that was adopted: in which share of the draws the team keeps its
    wave when the weights of the score move (``programmes/firmness.py``). Counted once per plan,
    in the background. Class D.
    """

    plan = models.ForeignKey(RolloutPlan, on_delete=models.CASCADE, related_name="firmness")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    kept = models.FloatField(_("aandeel van de trekkingen"))

    class Meta:
        verbose_name = _("vastheid van een golf")
        verbose_name_plural = _("vastheid van golven")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "team"], name="firmness_once_a_team"),
            models.CheckConstraint(
                name="firmness_is_a_share", condition=Q(kept__gte=0, kept__lte=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}, {self.team_id}"


class Wave(models.Model):
    """One row per wave of a programme: teams that get their modules on the same day. Number 0 is
    the wave of everybody who leads a team, and has no teams of its own (``managers_first``).

    Opens on ``opens_on``, and not before so many percent of the wave before it is done
    (``Programme.open_at_percent``). ``opened_at`` is set once, in the transaction that writes its
    assignments' job: a wave opens exactly once.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField(_("golf"))
    opens_on = models.DateField(_("gaat open op"))
    opened_at = models.DateTimeField(_("open sinds"), null=True, blank=True)

    class Meta:
        verbose_name = _("golf")
        verbose_name_plural = _("golven")
        ordering: ClassVar = ["programme", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "number"], name="wave_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.number}"


class WaveTeam(models.Model):
    """One row per team in a wave; a team is in one wave of a programme, and stays in it once that
    is open.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="places")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("team in een golf")
        verbose_name_plural = _("teams in golven")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "team"], name="one_wave_a_team")
        ]

    def __str__(self) -> str:
        return f"{self.wave_id}: {self.team_id}"
