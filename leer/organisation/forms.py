"""The upload form: up to three CSV files, checked by what is in them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leer.organisation.importing.csv_source import FUNCTIONS, PEOPLE, TEAMS, Sheet, wrong_head
from leer.organisation.importing.csv_text import NotReadableError, decode

MEBIBYTE = 1024 * 1024
LARGEST = 5 * MEBIBYTE


class SheetField(forms.FileField):
    """One of the three files; cleans to its text."""

    def __init__(self, sheet: Sheet, **kwargs: Any) -> None:
        self.sheet = sheet
        widget = forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"})
        super().__init__(required=False, widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> str | None:
        """The text, when it is readable and has the columns of this file."""
        uploaded: UploadedFile | None = super().clean(data, initial)
        if uploaded is None:
            return None
        if (uploaded.size or 0) > LARGEST:
            raise ValidationError(_("Dit bestand is groter dan 5 MB."))
        try:
            text = decode(self.sheet.file, uploaded.read())
        except NotReadableError as unreadable:
            message = _("Regel %(line)d: %(reason)s.")
            error = unreadable.error
            raise ValidationError(message % {"line": error.line, "reason": error.reason}) from None
        if wrong := wrong_head(self.sheet, text):
            raise ValidationError([f"{error.column}: {error.reason}." for error in wrong])
        return text


class ImportForm(forms.Form):
    """What an administrator gives for one import."""

    functions = SheetField(FUNCTIONS, label=_("Functies (functies.csv)"))
    teams = SheetField(TEAMS, label=_("Teams en hun leiding (teams.csv)"))
    people = SheetField(PEOPLE, label=_("Medewerkers (medewerkers.csv)"))
    effective_on = forms.DateField(
        label=_("Ingangsdatum"),
        help_text=_("Vanaf deze dag gelden de wijzigingen. Niet in de toekomst."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
    )
    complete = forms.BooleanField(
        label=_("Het bestand met medewerkers is compleet"),
        help_text=_("Wie er niet in staat, gaat dan uit dienst. Anders gebeurt met hen niets."),
        required=False,
    )

    def clean_effective_on(self) -> Any:
        """Accounts and roles change at once, so the day cannot be ahead."""
        day = self.cleaned_data["effective_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Kies vandaag of een dag die al geweest is."))
        return day

    def clean(self) -> dict[str, Any]:
        """At least one file, and people when they are said to be complete."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.files:
            raise ValidationError(_("Kies ten minste één bestand."))
        if not self.errors and data.get("complete") and not data.get("people"):
            self.add_error("people", _("Kies ook het complete bestand met medewerkers."))
        return data

    @property
    def texts(self) -> dict[str, str]:
        """The given texts by file name."""
        fields = {"functions": FUNCTIONS, "teams": TEAMS, "people": PEOPLE}
        given = {sheet.file: self.cleaned_data.get(name) for name, sheet in fields.items()}
        return {file: text for file, text in given.items() if text is not None}
