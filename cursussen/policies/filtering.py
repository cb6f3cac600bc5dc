"""Which of the inventory somebody wants to see, from the address."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from cursussen.models import Standing
from cursussen.policies.inventory import Listed


class Filter(forms.Form):
    """What is not chosen lets everything through; so does what cannot be chosen."""

    stand = forms.ChoiceField(
        label=_("Stand"), required=False, choices=[("", _("alle")), *Standing.choices]
    )
    eigenaar = forms.ChoiceField(label=_("Eigenaar"), required=False)
    functie = forms.ChoiceField(label=_("Functie"), required=False)
    laat = forms.BooleanField(label=_("Alleen wat over tijd is"), required=False)

    def __init__(self, data: Mapping[str, str], listed: Sequence[Listed]) -> None:
        super().__init__(data)
        self._listed = listed
        owners = {one.cells["eigenaar"] for one in listed} - {""}
        functions = {name for one in listed for name in one.functions}
        self._offer("eigenaar", owners)
        self._offer("functie", functions)

    def chosen(self) -> list[Listed]:
        """In the order of the inventory."""
        self.full_clean()
        return [one for one in self._listed if self._lets_through(one)]

    def _offer(self, name: str, words: set[str]) -> None:
        if not words:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("alle")), *((word, word) for word in sorted(words))]

    def _lets_through(self, one: Listed) -> bool:
        asked = self.cleaned_data
        return (
            asked.get("stand", "") in {"", one.standing}
            and asked.get("eigenaar", "") in {"", one.cells["eigenaar"]}
            and (not asked.get("functie") or one.holds_for(asked["functie"]))
            and (not asked.get("laat") or one.is_overdue)
        )
