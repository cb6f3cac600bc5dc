"""Why something may stay."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

REASONS = {
    "invented": _("Dit is verzonnen: zo heet of was het niet."),
    "general": _("Dit is algemeen bekend en zegt niets over wie erbij was."),
    "no_name": _("Dit is geen naam of nummer van iemand: de zoeker vergist zich."),
    "other": _("Een andere reden, die ik hieronder schrijf."),
}


class AcceptForm(forms.Form):
    """A reason of a list, or in one's own words."""

    digest = forms.CharField(widget=forms.HiddenInput)
    why = forms.ChoiceField(
        label=_("Waarom mag dit blijven staan?"),
        choices=[("", _("Kies een reden")), *REASONS.items()],
    )
    words = forms.CharField(
        label=_("In je eigen woorden"),
        required=False,
        max_length=300,
        help_text=_("Nooit wie het was."),
    )

    def clean(self) -> dict[str, Any]:
        """Whoever chooses another reason writes it down."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("why") == "other" and not cleaned.get("words", "").strip():
            self.add_error("words", _("Schrijf op waarom dit mag blijven staan."))
        return cleaned

    @property
    def reason(self) -> str:
        """As it is kept."""
        said, words = self.cleaned_data["why"], self.cleaned_data["words"].strip()
        return words if said == "other" else " ".join(filter(None, [str(REASONS[said]), words]))


class ReplaceForm(forms.Form):
    """Which finding, by its place in the version that was read."""

    at = forms.IntegerField(min_value=0)
    digest = forms.CharField()
    revision = forms.IntegerField()
