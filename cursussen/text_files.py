"""The form of a text file that somebody chooses, is asked about, and then lets in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class TextFileForm(forms.Form):
    """A file, or its text once more after a question. ``text`` and ``name`` are what it gives.

    Nothing of the file is kept on the server meanwhile. Send it as ``multipart/form-data``: as
    anything else a large text grows three times on its way.
    """

    file = forms.FileField(label=_("Bestand"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(widget=forms.HiddenInput, required=False)
    largest: int  # in bytes

    def clean(self) -> dict[str, Any]:
        """One of both, as text."""
        data: dict[str, Any] = super().clean() or {}
        file = data.get("file")
        if file:
            data |= {"text": self._text_of(file), "name": file.name}
        if not data.get("text") and not self.errors:
            self.add_error("file", gettext("Kies een bestand."))
        return data

    def read(self, name: str, content: bytes) -> str:
        """The text; raises ``ValidationError`` for what is none."""
        raise NotImplementedError

    def _text_of(self, file: Any) -> str:
        if file.size > self.largest:
            self.add_error("file", gettext("Dit bestand is te groot."))
            return ""
        try:
            return self.read(file.name, file.read())
        except ValidationError as error:
            self.add_error("file", error)
            return ""
