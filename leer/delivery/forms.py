"""What somebody asks about their own data, and what a learner fills in beside answers."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from leer.rollout import api as rollout

FIRST = date(2000, 1, 1)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DaysForm(forms.Form):
    """A day that is over or today, and up to which day of knowing."""

    dag = forms.DateField(label=_("Op welke dag?"), required=False, widget=_day())
    bekend = forms.DateField(
        label=_("Met wat Leer wist op"),
        required=False,
        widget=_day(),
        help_text=_("Leeg: vandaag. Wat later is opgeschreven, telt dan niet mee."),
    )

    def clean(self) -> dict[str, Any]:
        """Nobody knows what comes."""
        days: dict[str, Any] = super().clean() or {}
        for name, day in list(days.items()):
            if day and not FIRST <= day <= timezone.localdate():
                self.add_error(name, ValidationError(_("Kies vandaag of een dag die geweest is.")))
        return days


class CorrectionForm(forms.Form):
    """What a fact about somebody should be."""

    should_be = forms.CharField(
        label=_("Wat moet het zijn?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Schrijf ook hoe je dat weet. Schrijf niets over gezondheid of privé, en niets over een"
            " benadering."
        ),
    )


class ElsewhereForm(forms.Form):
    """What was done elsewhere, and what shows it; ``since``: older does not count any more."""

    what = forms.CharField(
        label=_("Wat deed je?"),
        max_length=200,
        help_text=_("De naam van de cursus of training."),
    )
    place = forms.CharField(label=_("Waar deed je dat?"), max_length=200)
    done_on = forms.DateField(
        label=_("Wanneer had je het gedaan?"),
        widget=_day(),
    )
    told = forms.CharField(
        label=_("Toelichting"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Wat leerde je daar? Schrijf niets over gezondheid of privé, en niets over een"
            " benadering."
        ),
    )
    proof = forms.FileField(
        label=_("Bewijs"),
        required=False,
        help_text=_(
            "Een PDF of foto van hoogstens 5 MB, bijvoorbeeld van je certificaat. We gooien het"
            " weg als er een maand geleden over is beslist."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )

    def __init__(self, since: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since = since
        self.fields["done_on"].help_text = _("Het telt mee vanaf %(day)s.") % {
            "day": date_format(since, "j F Y")
        }

    @property
    def said(self) -> rollout.Said:
        """What a valid form says."""
        data = self.cleaned_data
        return rollout.Said(data["what"], data["place"], data["done_on"], data["told"])

    def clean_done_on(self) -> date:
        """Not too long ago, and not still to come."""
        day: date = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Deze dag moet nog komen."))
        if day < self.since:
            raise ValidationError(_("Dit is te lang geleden om nog mee te tellen."))
        return day

    def clean_proof(self) -> rollout.CleanProof | None:
        """By what it is, not by what it is called."""
        file = self.cleaned_data["proof"]
        return rollout.clean_proof(file.read()) if file else None

    def clean(self) -> dict[str, Any]:
        """A file, or words."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("proof") and not data.get("told") and not self.errors:
            self.add_error("proof", _("Stuur een bewijs mee, of schrijf een toelichting."))
        return data
