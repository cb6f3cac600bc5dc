"""Who saw personal data of others."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Look(models.Model):
    """One row per time that somebody saw personal data of others on a page or in a file.

    ``page`` is the name of its URL. ``people`` are the ids of those whose data was on it; with
    ``everybody`` it was a list of the whole organisation, and ``people`` is empty. What was seen
    is not kept, only whose and where.
    """

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    page = models.CharField(max_length=100)
    people = ArrayField(models.BigIntegerField(), default=list)
    everybody = models.BooleanField(default=False)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("inzage")
        verbose_name_plural = _("inzagen")
        indexes: ClassVar = [GinIndex(fields=["people"], name="look_people")]

    def __str__(self) -> str:
        return f"{self.viewer_id}: {self.page}"
