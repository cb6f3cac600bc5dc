"""The six themes of the programme."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Theme(models.Model):
    """One row per theme of the source document (there are six; a migration makes them)."""

    slug = models.SlugField(_("korte naam"), unique=True, allow_unicode=False)
    name = models.CharField(_("naam"), max_length=100)
    order = models.PositiveSmallIntegerField(_("volgorde"), default=0)

    panels: ClassVar = [FieldPanel("name"), FieldPanel("order")]

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema’s")
        ordering: ClassVar = ["order", "slug"]

    def __str__(self) -> str:
        return self.name
