"""Invitations to the live sessions of a plan."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leer.rollout.models.programmes import Programme


class InvitationMethod(models.TextChoices):
    """What a calendar file asks of a calendar (RFC 5546)."""

    REQUEST = "REQUEST", _("uitnodiging")
    CANCEL = "CANCEL", _("afzegging")


class Invitation(models.Model):
    """One row per calendar file that somebody was due: the invitation to a booking, again when it
    moved, and when it is off. Written in the transaction in which the mail leaves; ``sent_at`` is
    empty where a mail server fell silent, and nobody knows whether it left. Says nothing about
    coming.

    ``booking`` is ``Booking.public_id``, which lives through later plans; ``sequence`` counts the
    files of one person and booking, from 0.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    booking = models.UUIDField()
    sequence = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10, choices=InvitationMethod)
    begins_on = models.DateField(_("maandag van de week"))
    sent_at = models.DateTimeField(_("verstuurd"), null=True)

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "booking", "sequence"], name="invitation_once_a_version"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["programme", "user"], name="invitations_of_somebody")
        ]

    def __str__(self) -> str:
        return f"{self.method}: {self.booking} ({self.sequence})"
