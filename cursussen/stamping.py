"""Keeps the content stamp: every change of what learners see gives it a new value."""

import uuid
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from cursussen.models import BasePage, ContentStamp, File, Picture, Theme
from leer.questions.api import Question

THE_ONE = 1


def read_stamp() -> str:
    """The stamp of what is live now: one query."""
    value = ContentStamp.objects.filter(pk=THE_ONE).values_list("value", flat=True).first()
    return str(value or bump())


def bump() -> uuid.UUID:
    """Give the stamp a new value, in the caller's transaction."""
    value = uuid.uuid4()
    ContentStamp.objects.update_or_create(pk=THE_ONE, defaults={"value": value})
    return value


def connect() -> None:
    """Listen to everything that changes what learners see."""
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_on_change, dispatch_uid="content-stamp")
    for signal in (post_save, post_delete):
        signal.connect(_on_row, dispatch_uid=f"content-stamp-{id(signal)}")


def _on_change(**kwargs: Any) -> None:
    bump()


def _on_row(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    if isinstance(instance, Question | Picture | File | Theme) or (
        isinstance(instance, BasePage) and _is_seen(instance, kwargs.get("update_fields"))
    ):
        bump()


def _is_seen(page: BasePage, update_fields: Any) -> bool:
    """Drafts are saved every few seconds; learners see none of it."""
    return bool(page.live) and not update_fields
