"""The form of a programme: what it brings, to whom, and by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cursussen import api as content
from leer.organisation.api import JobFunction
from leer.risk.api import Band
from leer.rollout.forms import day_input
from leer.rollout.models import Programme, ProgrammeState
from leer.rollout.programmes.setting_up import Parts

FOR = "for_"  # and the key of a module: for whom it is
BANDS = {
    Band.VERY_HIGH: _("Uiterste week voor zeer hoog risico"),
    Band.HIGH: _("Uiterste week voor hoog risico"),
    Band.MEDIUM: _("Uiterste week voor midden"),
    Band.BASE: _("Uiterste week voor basis"),
}


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A module to tick. ``for_whom`` is the field with the functions that it is for; a base module
    has none, for that is everybody's. ``names`` are of the functions that were chosen.
    """

    choice: forms.boundfield.BoundWidget
    for_whom: forms.BoundField | None
    names: tuple[str, ...] = ()


class ProgrammeForm(forms.ModelForm):
    """The programme itself, with what it brings, to whom, and by when."""

    modules = forms.MultipleChoiceField(
        label=_("Modules"), widget=forms.CheckboxSelectMultiple, required=False
    )
    session = forms.CharField(
        label=_("Bijeenkomst"),
        required=False,
        max_length=120,
        help_text=_("Hoe heet de bijeenkomst met het team? Leeg: er is er geen."),
    )
    minutes = forms.IntegerField(label=_("Duur in minuten"), required=False, min_value=15)

    class Meta:
        model = Programme
        fields = (
            "title", "starts_on", "weeks", "session_size", "max_absent_percent", "managers_first",
            "joiner_days", "refresh_weeks", "earlier_weeks", "wave_weeks",
            "open_at_percent", "seed",
        )  # fmt: skip
        widgets = {"starts_on": day_input()}
        help_texts = {
            "seed": _(
                "Vul een getal in als je later wilt kunnen meten wat het deed: teams met ongeveer"
                " hetzelfde risico komen dan in een volgorde die wordt geloot."
            ),
            "refresh_weeks": _("Leeg: één keer is genoeg zolang het programma loopt."),
            "earlier_weeks": _(
                "Wie een module zo lang voor het begin al deed, hoeft hem niet opnieuw te doen. Wie"
                " hem eerder deed wel. Leeg: eerder gedaan telt altijd mee."
            ),
            "open_at_percent": _("Leeg: een golf gaat open op zijn dag."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Weeks count from the first day: once people were told, it stays where it is.
        self.fields["starts_on"].disabled = self.instance.state != ProgrammeState.DRAFT
        live = content.modules().values()
        self.fields["modules"].choices = [(module.key, module.title) for module in live]  # type: ignore[attr-defined]
        functions = dict(JobFunction.objects.order_by("name").values_list("external_id", "name"))
        for module in live:
            if not module.for_everyone:
                self._ask_for_whom(module, functions)
        for band in Band:
            self.fields[f"deadline_{band.value}"] = forms.IntegerField(
                label=BANDS[band], required=False, min_value=0, help_text=_("Leeg: geen.")
            )

    def _ask_for_whom(self, module: content.Module, functions: Mapping[str, str]) -> None:
        """A function that was chosen and is no longer known stays: without it the module would be
        for everybody.
        """
        name = f"{FOR}{module.key}"
        known = {key: key for key in self.initial.get(name, ())} | dict(functions)
        self.fields[name] = forms.MultipleChoiceField(
            label=_("Alleen voor deze functies"),
            choices=list(known.items()),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("Niets gekozen: iedereen die meedoet."),
        )

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that stand under each other, in order."""
        return [field for field in self if not field.name.startswith((FOR, "deadline_"))]

    @property
    def module_rows(self) -> list[ModuleRow]:
        """Each module, with whom it is for."""
        return [self._module_row(choice) for choice in self["modules"]]

    def _module_row(self, choice: forms.boundfield.BoundWidget) -> ModuleRow:
        name = f"{FOR}{choice.data['value']}"
        if name not in self.fields:
            return ModuleRow(choice, None)
        chosen = {str(key) for key in self[name].value() or ()}
        names = (words for key, words in self.fields[name].choices if key in chosen)  # type: ignore[attr-defined]
        return ModuleRow(choice, self[name], tuple(names))

    @property
    def deadlines(self) -> list[forms.BoundField]:
        """The fields of the bands, the heaviest first."""
        return [self[f"deadline_{band.value}"] for band in Band]

    @property
    def parts(self) -> Parts:
        """What a valid form says beside the programme's own fields."""
        data = self.cleaned_data
        deadlines = {band.value: data[f"deadline_{band.value}"] for band in Band}
        functions = {key: data.get(f"{FOR}{key}", ()) for key in data["modules"]}
        return Parts(data["modules"], data["session"], data["minutes"], deadlines, functions)

    def clean(self) -> dict[str, Any]:
        """Something to bring, and a session with a name and a length."""
        data: dict[str, Any] = super().clean() or {}
        if not data.get("modules") and not data.get("session"):
            self.add_error("modules", _("Kies ten minste één module, of vul een bijeenkomst in."))
        if data.get("session") and not data.get("minutes"):
            self.add_error("minutes", _("Hoe lang duurt de bijeenkomst?"))
        return data
