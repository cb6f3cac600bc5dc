"""A page with one picture at its head."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cursussen.content import PictureData
from cursussen.models.picture import LEARNER_SPECS


class IllustratedPage(models.Model):
    """A picture and its words, both or neither."""

    picture = models.ForeignKey(
        "cursussen.Picture",
        verbose_name=_("beeld"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    picture_alt = models.CharField(
        _("beschrijving van het beeld"),
        max_length=300,
        blank=True,
        help_text=_("Wat je zou vertellen aan iemand die het beeld niet ziet."),
    )

    picture_panels: ClassVar[list[Any]] = [FieldPanel("picture"), FieldPanel("picture_alt")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A picture without words is not for everybody."""
        super().clean()
        if self.picture_id and not self.picture_alt.strip():
            raise ValidationError(
                {"picture_alt": _("Beschrijf het beeld voor wie het niet kan zien.")}
            )

    def picture_data(self) -> PictureData | None:
        """The picture in the sizes learners get; ``url`` is the middle one."""
        if self.picture is None:
            return None
        sizes = list(self.picture.get_renditions(*LEARNER_SPECS).values())
        middle = sizes[len(sizes) // 2]
        srcset = dict.fromkeys(f"{size.url} {size.width}w" for size in sizes)
        alt = self.picture_alt
        return PictureData(middle.url, alt, middle.width, middle.height, ", ".join(srcset))
