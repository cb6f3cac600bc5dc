"""A story that is taken offline, or deleted, is no longer begun."""

from typing import Any

from wagtail.signals import page_unpublished

from cursussen.models import StoryPage
from leer.scenarios import api as scenarios


def connect() -> None:
    """Listen to every way offline."""
    page_unpublished.connect(_withdraw, sender=StoryPage, dispatch_uid="withdraw-story")


def _withdraw(instance: StoryPage, **kwargs: Any) -> None:
    scenarios.withdraw(instance.ifid)
