"""Which certificates there are, what their holders let them show, and to whom."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """What nobody guesses: 190 random bits. Letters and digits only: with a dash in front, a
    command would take it for an option, and a mail program breaks an address at one."""
    return get_random_string(32)


class NameShown(models.TextChoices):
    """How the holder is named."""

    NOT = "not", _("niet: er staat geen naam op")
    INITIALS = "initials", _("alleen mijn voorletters")
    FULL = "full", _("mijn hele naam")


class Certificate(models.Model):
    """One row per paper that somebody had made of having done a module. Never changed: other
    choices are another certificate. Deleted only when its holder is taken out of the ledger.

    It stands on one fact, ``statement_id``, that somebody did the module in the stay
    ``registration``; ``digest`` is the hash of what that fact said at issue. No name, day or
    version here: the name is the account's, the rest the fact's. ``title`` is what the module was
    called; ``valid_until`` the first day on which it is not valid any more, the same on every
    certificate of this stay (empty: valid for ever). ``token`` is in the address of the check page.

    Withdrawn by its holder, and by nobody else, at ``withdrawn_at``. ``expired_at``: when the
    ledger was told that its time is over.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token = models.CharField(max_length=43, default=new_token, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="certificates"
    )
    module_key = models.CharField(max_length=100)
    title = models.CharField(max_length=255)
    registration = models.UUIDField()
    statement_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    valid_until = models.DateField(null=True)
    name_shown = models.CharField(
        _("Hoe sta je erop?"), max_length=10, choices=NameShown, default=NameShown.NOT
    )
    shows_version = models.BooleanField(_("de versie van de module"), default=False)
    shows_number = models.BooleanField(_("het nummer van je bewijs"), default=False)
    language = models.CharField(max_length=10)
    issued_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("certificaat")
        verbose_name_plural = _("certificaten")
        indexes: ClassVar = [
            models.Index(
                fields=["valid_until"],
                condition=Q(expired_at__isnull=True),
                name="certificate_will_expire",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def name(self) -> str:
        """The holder as the holder wants to be named; empty for not."""
        if self.name_shown == NameShown.NOT:
            return ""
        user = self.user
        whole = f"{user.first_name} {user.last_name}".strip()
        return whole if self.name_shown == NameShown.FULL else _initials(whole)

    def opening_at(self, moment: datetime) -> "Opening | None":
        """The time for which it is open to people from outside, if that is now."""
        if self.withdrawn_at:
            return None
        return self.openings.filter(closed_at__isnull=True, until__gt=moment).first()


def _initials(name: str) -> str:
    """ "Noor de Vries" is "N.d.V."."""
    return "".join(f"{word[0]}." for word in name.split())


class Opening(models.Model):
    """One row per time that a holder let people without an account see a certificate's check page:
    from when, until when, and when the holder ended it before that. ``times_seen`` counts how often
    they did; who they are is not known.
    """

    certificate = models.ForeignKey(Certificate, on_delete=models.CASCADE, related_name="openings")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    times_seen = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("openstelling van een certificaat")
        verbose_name_plural = _("openstellingen van certificaten")
        ordering: ClassVar = ["opened_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["certificate"],
                condition=Q(closed_at__isnull=True),
                name="opening_one_at_a_time",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="opening_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.until}"
