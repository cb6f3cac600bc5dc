"""Parts that were finished elsewhere; with the last one the module is done too."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from cursussen import api as content
from leer.accounts.models import User
from leer.delivery.actions import finish_module


def follow(user: User, modules: Collection[str], at: datetime, **kwargs: Any) -> None:
    """Finish those of these modules (keys) of which nothing is left to do. A module that is not
    published has nobody's parts.
    """
    live = content.modules()
    for key in sorted(modules):
        if key in live:
            finish_module(user, live[key], at=at)
