"""Keeps the content stamp: every change of what learners see gives it a new value."""

import uuid
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished, post_page_move

from cursussen.models import BasePage, ContentStamp, File, Picture
from cursussen.models.programme import FromFile
from leer.questions.api import Question

THE_ONE = 1
READ = "select value from cursussen_contentstamp where id = %s"


def read_stamp() -> str:
    """The stamp of what is live now: one query, in SQL, since every page of everybody asks it and
    building it as a queryset costs more than running it.
    """
    with connection.cursor() as cursor:
        cursor.execute(READ, [THE_ONE])
        row = cursor.fetchone()
    return str(row[0] if row else bump())


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
    if isinstance(instance, Question | Picture | File | FromFile) or (
        isinstance(instance, BasePage) and _is_seen(instance, kwargs.get("update_fields"))
    ):
        bump()


def _is_seen(page: BasePage, update_fields: Any) -> bool:
    """Drafts are saved every few seconds; learners see none of it."""
    return bool(page.live) and not update_fields
