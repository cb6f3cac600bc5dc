"""What an editor decides about a picture: these places have to go, and the rest may be seen."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from cursussen.faces.boxes import Box
from cursussen.models import Picture
from cursussen.pictures import covered
from cursussen.tasks import make_renditions
from leer.accounts.api import User


class Changed(Exception):
    """The picture, or the proposal, is no longer the one that was judged."""


def boxes_of(picture: Picture) -> list[Box]:
    """Where Leer saw something."""
    return [Box(*one) for one in picture.proposal or ()]


def state_of(picture: Picture) -> str:
    """What somebody who looks at it now sees: this file, with a proposal or without."""
    return f"{picture.file.name} {picture.proposal is not None}"


@transaction.atomic
def judge_picture(picture: Picture, cover: Sequence[Box], *, seen: str, by: User) -> None:
    """Cover these places for good, and write down that somebody looked. Raises ``Changed`` when the
    picture is no longer as it was ``seen``, or Leer has not looked yet.
    """
    stored = Picture.objects.select_for_update().get(pk=picture.pk)
    if state_of(stored) != seen or stored.proposal is None:
        raise Changed
    stored.proposal = [box.as_data() for box in boxes_of(stored) if box not in cover]
    if cover:
        _replace_file(stored, cover)
    stored.judged_at, stored.judged_by = timezone.now(), by
    stored.save()
    log(stored, "cursussen.cover", user=by, data={"places": len(cover)})


def _replace_file(picture: Picture, cover: Sequence[Box]) -> None:
    """The new file takes the place of the old one and of every size that was made of it."""
    storage, old = picture.file.storage, picture.file.name
    sizes = list(picture.renditions.all())
    with storage.open(old) as stored:
        data = covered(stored.read(), [box.edges for box in cover])
    picture.file.save(old, ContentFile(data), save=False)
    picture.renditions.all().delete()
    gone = [(storage, old), *((size.file.storage, size.file.name) for size in sizes)]
    transaction.on_commit(lambda: _delete(gone))
    make_renditions.enqueue(picture.pk)


def _delete(gone: Iterable[tuple[Any, str]]) -> None:
    """At once: Wagtail would leave it to a job that may come later."""
    for storage, name in gone:
        storage.delete(name)
