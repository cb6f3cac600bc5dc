"""Documents and films: judged by content, stored under a random name."""

import hashlib
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument

from cursussen.films import clean_document
from cursussen.models.picture import is_new_upload, random_name, read_all


class CheckedFieldFile(FieldFile):
    """The one place where a document's bytes go to the storage."""

    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Store what the gate lets through under a random name."""
        checked = clean_document(read_all(content))
        super().save(random_name(checked.extension), ContentFile(checked.data), save=False)
        file: Any = self.instance
        file.file_size = len(checked.data)
        file.file_hash = hashlib.sha1(checked.data, usedforsecurity=False).hexdigest()
        if save:
            file.save()


class CheckedFileField(models.FileField):
    """A file field that stores nothing but what the gate lets through."""

    attr_class = CheckedFieldFile


class File(AbstractDocument):
    """One row per PDF or film. Like a picture, it never gets another file."""

    file = CheckedFileField(verbose_name=_("bestand"), upload_to="documents")

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta:
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")
        permissions: ClassVar = [("choose_document", "Can choose document")]

    @property
    def url(self) -> str:
        """Where signed-in people get it: the same door as pictures."""
        return self.file.url

    def clean(self) -> None:
        """Refuse a bad file while the form is still there to say so."""
        super().clean()
        if is_new_upload(self.file):
            self._check_first_file()
            try:
                clean_document(read_all(self.file.file))
            except ValidationError as error:
                raise ValidationError({"file": error.messages}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the file first: size and hash are those of what was stored."""
        if is_new_upload(self.file):
            self._check_first_file()
            self.file.save(str(self.file.name), self.file.file, save=False)
        super().save(*args, **kwargs)

    def _check_first_file(self) -> None:
        if self.pk and File.objects.filter(pk=self.pk).exclude(file="").exists():
            raise ValidationError(
                {"file": _("Een bestand krijgt geen andere inhoud. Voeg een nieuw bestand toe.")}
            )
