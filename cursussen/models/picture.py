"""Pictures: every way in passes ``cursussen.pictures.clean_image`` before the disk."""

import hashlib
import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from cursussen.pictures import CleanFile, clean_image

LEARNER_WIDTHS = (480, 800, 1200)
LEARNER_SPECS = tuple(f"max-{width}x{width}|format-webp" for width in LEARNER_WIDTHS)
USUAL_SPECS = (*LEARNER_SPECS, "max-165x165", "max-800x600")


def random_name(extension: str) -> str:
    """A file name that says nothing: the name somebody gave may name somebody."""
    return secrets.token_hex(16) + extension


class CleanFieldFile(WagtailImageFieldFile):
    """The one place where a picture's bytes go to the storage."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Store the cleaned bytes under a random name, whatever the caller gave."""
        is_clean = isinstance(content, CleanFile)
        cleaned = content.clean if is_clean else clean_image(read_all(content))
        super().save(random_name(cleaned.extension), ContentFile(cleaned.data), save=False)
        picture = self.instance
        picture.width, picture.height = cleaned.size
        picture.file_size = len(cleaned.data)
        picture.file_hash = hashlib.sha1(cleaned.data, usedforsecurity=False).hexdigest()
        if save:
            picture.save()

    def get_image_dimensions(self) -> tuple[int, int]:
        """What has not passed the gate is not opened to be measured."""
        if not self._committed:
            return (0, 0)
        size: tuple[int, int] = super().get_image_dimensions()
        return size


class CleanImageField(WagtailImageField):
    """An image field that stores nothing but cleaned pictures."""

    attr_class = CleanFieldFile


class Picture(AbstractImage):
    """One row per picture. Its file is cleaned before it is stored and never replaced after:
    a page that was approved keeps showing what was approved. But for what is made unrecognisable
    (``cursussen.faces``): then the file without it is the only one.

    ``proposal`` is where Leer saw a face or text; None until it looked. ``judged_at`` is when
    somebody said what of that had to go; None until then.
    """

    file = CleanImageField(
        verbose_name=_("bestand"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    proposal = models.JSONField(null=True, editable=False)
    judged_at = models.DateTimeField(null=True, editable=False)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    admin_form_fields = ("title", "file", "description", "collection", "tags")

    class Meta:
        verbose_name = _("beeld")
        verbose_name_plural = _("beelden")
        permissions: ClassVar = [("choose_image", "Can choose image")]

    def clean(self) -> None:
        """Refuse a bad file while the form is still there to say so."""
        super().clean()
        if is_new_upload(self.file):
            self._check_first_file()
            try:
                clean_image(read_all(self.file.file))
            except ValidationError as error:
                raise ValidationError({"file": error.messages}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the file first: size, hash and dimensions are those of the cleaned one."""
        if is_new_upload(self.file):
            self._check_first_file()
            self.file.save(self.file.name, self.file.file, save=False)
        super().save(*args, **kwargs)

    def create_rendition(self, *filters: Any) -> Any:
        """Of the file that is stored now, and while nobody replaces it."""
        with transaction.atomic():
            self._take_the_stored_file()
            return super().create_rendition(*filters)

    def create_renditions(self, *filters: Any) -> Any:
        """The same for several."""
        with transaction.atomic():
            self._take_the_stored_file()
            return super().create_renditions(*filters)

    def _take_the_stored_file(self) -> None:
        rows = Picture.objects.select_for_update().filter(pk=self.pk)
        self.file = rows.values_list("file", flat=True).get()

    def _check_first_file(self) -> None:
        if self.pk and Picture.objects.filter(pk=self.pk).exclude(file="").exists():
            raise ValidationError(
                {"file": _("Een beeld krijgt geen ander bestand. Voeg een nieuw beeld toe.")}
            )


class PictureRendition(AbstractRendition):
    """One row per size made of a picture; made from cleaned bytes, so clean itself."""

    image = models.ForeignKey(Picture, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("formaat van een beeld")
        verbose_name_plural = _("formaten van beelden")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="picturerendition_once"
            )
        ]


def is_new_upload(file: FieldFile | None) -> bool:
    """Bytes that somebody brings, not yet in the storage."""
    return bool(file) and not getattr(file, "_committed", True)


def read_all(content: Any) -> bytes:
    """Everything in a file-like thing, which is then at its start again."""
    content.seek(0)
    data: bytes = content.read()
    content.seek(0)
    return data
