"""That what somebody had to do was taken back by hand, and why."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leer.rollout.models.programmes import Programme
from leer.rollout.querysets import WithdrawalQuerySet


class Withdrawal(models.Model):
    """One row per assignment of one person that somebody of the programme took back, with why and
    on whose word. While it stands the ``programme`` that brought it (empty: it was given by hand)
    does not give that module again. Never changed or deleted: what is given back gets ``ended_at``,
    by whom and why. ``due_on`` is the last day that it had.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="withdrawals"
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    module_key = models.CharField(_("module"), max_length=100)
    round = models.PositiveSmallIntegerField(_("ronde"))
    due_on = models.DateField(_("uiterlijk"))
    reason = models.CharField(_("reden"), max_length=200)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(_("waarom weer wel"), max_length=200, blank=True)

    objects: ClassVar = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("ingetrokken toewijzing")
        verbose_name_plural = _("ingetrokken toewijzingen")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="withdrawal_not_by_oneself",
                condition=~Q(user=F("taken_by")) & ~Q(user=F("ended_by")),
            ),
            models.CheckConstraint(
                name="withdrawal_has_reasons",
                condition=~Q(reason="")
                & (
                    Q(ended_at=None, ended_by=None, ended_because="")
                    | Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_because="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module_key}: {self.user_id}"
