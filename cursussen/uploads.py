"""The side doors of uploads: places where Wagtail itself stores bytes that somebody brings.

When a form's other fields are wrong, Wagtail parks the upload (``UploadedFile``); and a CMS
user can add a portrait to the profile. Both pass the same gate as a picture.
"""

from typing import Any

from django.core.files.base import ContentFile
from django.db.models.signals import post_save, pre_save
from wagtail.models import UploadedFile
from wagtail.users.models import UserProfile

from cursussen.films import clean_document
from cursussen.models import File, Picture
from cursussen.models.picture import is_new_upload, random_name, read_all
from cursussen.pictures import clean_image
from cursussen.tasks import look_for_faces, make_renditions


def connect() -> None:
    """Stand at the side doors, and start the work that follows an upload."""
    pre_save.connect(_clean_parked, sender=UploadedFile, dispatch_uid="clean-parked-upload")
    pre_save.connect(_clean_portrait, sender=UserProfile, dispatch_uid="clean-portrait")
    post_save.connect(_start_work, sender=Picture, dispatch_uid="start-work-on-picture")


def _clean_parked(instance: UploadedFile, **kwargs: Any) -> None:
    if is_new_upload(instance.file):
        is_file = instance.for_content_type and instance.for_content_type.model_class() is File
        clean = clean_document if is_file else clean_image
        instance.file = _cleaned(instance.file.file, clean)


def _clean_portrait(instance: UserProfile, **kwargs: Any) -> None:
    if is_new_upload(instance.avatar):
        instance.avatar = _cleaned(instance.avatar.file, clean_image)


def _cleaned(file: Any, clean: Any) -> ContentFile:
    cleaned = clean(read_all(file))
    return ContentFile(cleaned.data, name=random_name(cleaned.extension))


def _start_work(instance: Picture, created: bool, **kwargs: Any) -> None:
    """Rows of work in the same transaction; they start when that commits."""
    if created and not kwargs.get("raw"):
        make_renditions.enqueue(instance.pk)
        if instance.judged_at is None:
            look_for_faces.enqueue(instance.pk)
