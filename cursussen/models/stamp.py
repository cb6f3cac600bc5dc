"""When content last changed, in one row."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentStamp(models.Model):
    """The one row that says which content is live: a new value with every change of it.

    Changed in the transaction that changes the content, so whoever reads the stamp knows
    whether what is cached under it still holds. Random rather than counted: a stamp from
    before a restored backup or an undone transaction never comes back.
    """

    value = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("stempel van de inhoud")
        verbose_name_plural = _("stempels van de inhoud")

    def __str__(self) -> str:
        return str(self.value)
