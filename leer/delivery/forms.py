"""What somebody asks about their own data."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

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
