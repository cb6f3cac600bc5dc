"""Copying a page: always a draft of its own, never an alias.

History hangs on a page's key, so two pages cannot share one; and a copy that is live at once
would pass by whoever must look first.
"""

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class PlainCopyForm(CopyForm):
    """Wagtail's form without ‘alias’ and ‘publish copies’."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)
        self.fields.pop("publish_copies", None)
