"""What a live page shows is kept: a picture or document cannot be deleted from under it.

A page that was approved keeps showing what was approved, and Wagtail lets whoever added a file
delete it. Listens to the deletion itself, so that every way to it is covered.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.signals import pre_delete
from django.utils.translation import gettext as _
from wagtail.models import ReferenceIndex

from cursussen.models import BasePage, CasePage, File, ModulePage, Picture
from leer.questions.api import PictureSignalsQuestion


def connect() -> None:
    """Stand before every deletion of a file."""
    for model in (Picture, File):
        pre_delete.connect(_refuse_when_shown, sender=model, dispatch_uid=f"keep-{model.__name__}")


def is_shown(file: Picture | File) -> bool:
    """A live page shows or offers it, or a published question asks about it."""
    if isinstance(file, Picture) and is_asked_about(file):
        return True
    pages = ContentType.objects.get_for_model(BasePage)
    references = ReferenceIndex.get_references_to(file).filter(base_content_type=pages)
    found = [int(reference) for reference in references.values_list("object_id", flat=True)]
    if BasePage.objects.live().filter(pk__in=found).exists():
        return True
    # The index is written in the background; what a page has in a column is known at once.
    cover = Q(picture_id=file.pk, live=True) if isinstance(file, Picture) else Q(pk__in=[])
    return any(model.objects.filter(cover).exists() for model in (CasePage, ModulePage))


def is_asked_about(picture: Picture) -> bool:
    """A published question has its spots on it."""
    asked = PictureSignalsQuestion.objects.filter(live=True)
    return any(
        block.value["picture"] == picture
        for question in asked
        for block in question.options
        if block.block_type == "picture"
    )


def _refuse_when_shown(instance: Picture | File, **kwargs: Any) -> None:
    if is_shown(instance):
        raise PermissionDenied(
            _("Dit bestand staat op een pagina die online is. Haal het daar eerst weg.")
        )
