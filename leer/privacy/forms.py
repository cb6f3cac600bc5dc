"""What is filled in about a decision of the works council."""

from django import forms
from django.utils.translation import gettext_lazy as _

from leer.privacy.models import CouncilDecision


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DecisionForm(forms.ModelForm):
    """A decision, as it stands in the minutes."""

    class Meta:
        model = CouncilDecision
        fields = ("facility", "decided_on", "reference", "conditions", "begins_on", "until")
        widgets = {
            "decided_on": _day(),
            "begins_on": _day(),
            "until": _day(),
            "conditions": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"until": _("Daarna gaat het vanzelf uit, tenzij er een nieuw besluit is.")}
