"""What an editor fills in about a new round, and the second person about refusing it."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cursussen import api as content
from leer.organisation.api import JobFunction
from leer.rollout.forms import regions
from leer.rollout.renewing.reaching import Aim


class RenewalForm(forms.Form):
    """What is new, and who does the module again because of it."""

    news = forms.CharField(
        label=_("Wat is er nieuw?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Een of twee zinnen. De collega leest dit bij de module."),
    )
    regions = forms.MultipleChoiceField(
        label=_("Regio’s"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Niets gekozen: alle regio’s."),
    )
    job_functions = forms.MultipleChoiceField(
        label=_("Functies"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Niets gekozen: alle functies."),
    )
    done_before = forms.DateField(
        label=_("Alleen wie de module deed vóór"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leeg: iedereen die de module deed voordat je hem veranderde."),
    )
    days = forms.IntegerField(
        label=_("Dagen de tijd"),
        min_value=1,
        max_value=730,
        help_text=_("Vanaf de dag van de goedkeuring."),
    )

    def __init__(self, module: content.Module, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"days": module.days_to_complete})
        super().__init__(*args, **kwargs)
        self.module = module
        functions = JobFunction.objects.order_by("name").values_list("external_id", "name")
        self.fields["regions"].choices = [(name, name) for name in regions()]  # type: ignore[attr-defined]
        self.fields["job_functions"].choices = list(functions)  # type: ignore[attr-defined]

    @property
    def aim(self) -> Aim:
        """Whom a valid form means: never who did the module as it is now."""
        data, changed = self.cleaned_data, content.changed_at(self.module)
        day = data["done_before"]
        before = timezone.make_aware(datetime.combine(day, time.min)) if day else changed
        return Aim(self.module.key, min(before, changed), data["regions"], data["job_functions"])


class RefusalForm(forms.Form):
    """Why a new round is not needed, or not like this."""

    refusal = forms.CharField(
        label=_("Waarom niet?"),
        max_length=200,
        help_text=_("Wie het vroeg, leest dit."),
    )
