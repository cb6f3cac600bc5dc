"""The form of a question in the CMS."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.blocks.base import BlockField


class WordsField(forms.CharField):
    """Words with commas between them, as a list."""

    def prepare_value(self, value: Any) -> Any:
        """The list, on one line."""
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The line, as a list."""
        words = value if isinstance(value, list) else (super().to_python(value) or "").split(",")
        return [word.strip() for word in words if word.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Spaces and commas are no change."""
        return bool(self.to_python(initial) != self.to_python(data))


class QuestionForm(WagtailAdminModelForm):
    """Offers the blocks of the question's own kind only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        block = self.instance.answers_block
        if block is not None and "options" in self.fields:
            old = self.fields["options"]
            self.fields["options"] = BlockField(
                block=block, required=False, label=old.label, help_text=old.help_text
            )
