"""What a holder chooses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leer.certificates.models import Certificate, NameShown

DAYS = (7, 30, 90)


class ChoicesForm(forms.ModelForm):
    """What a new certificate shows; the least unless the holder wants more."""

    class Meta:
        model = Certificate
        fields = ("name_shown", "shows_version", "shows_number")
        widgets = {"name_shown": forms.RadioSelect(choices=NameShown.choices)}
        help_texts = {
            "name_shown": _(
                "Met je naam erop weet ieder die dit papier ziet dat je hier werkt en deze module"
                " deed. Geef het dan alleen aan wie dat mag weten."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_shown"].choices = NameShown.choices  # type: ignore[attr-defined]


class OpeningForm(forms.Form):
    """For how long people from outside may look."""

    days = forms.TypedChoiceField(
        label=_("Hoe lang?"),
        coerce=int,
        choices=[(7, _("een week")), (30, _("dertig dagen")), (90, _("negentig dagen"))],
        initial=30,
    )
