"""Which pictures somebody still has to look at."""

from typing import Any

from django.db.models import QuerySet

from cursussen.models.picture import Picture


def waiting() -> QuerySet[Picture]:
    """All of them, the newest first."""
    found: QuerySet[Picture] = Picture.objects.filter(judged_at=None).order_by("-created_at", "-pk")
    return found


def open_pictures(page: Any) -> QuerySet[Picture]:
    """Those of this page, as it is in hand: at its head, in its blocks and in its texts."""
    return waiting().filter(pk__in=set(_shown_by(page)))


def _shown_by(page: Any) -> list[int]:
    """Asks the fields themselves, as Wagtail's index of references does for stored pages."""
    found = [page.picture_id] if getattr(page, "picture_id", None) else []
    for field in page._meta.get_fields():
        if hasattr(field, "extract_references"):
            references = field.extract_references(field.value_from_object(page))
            found += [int(key) for model, key, *_ in references if issubclass(model, Picture)]
    return found
