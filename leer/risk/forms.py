"""The forms of the programme: a judgement per factor, a decision, a file."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leer.risk.judging import EMPTY, Judgement, Judgements, objections_to
from leer.risk.models import Uncertainty, source_kinds_of
from leer.risk.scoring.algorithm import CHOSEN, Factor, FactorCard, algorithm

MEBIBYTE = 1024 * 1024
LARGEST = 16 * MEBIBYTE  # ten thousand teams, well argued


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class JudgementForm(forms.Form):
    """One factor: its anchors to choose from, and the ground. Nothing is required of a draft."""

    level = forms.TypedChoiceField(
        label=_("Wat past het best?"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source_kind = forms.ChoiceField(label=_("Soort bron"), required=False)
    source = forms.CharField(label=_("Welke bron?"), max_length=300, required=False)
    source_date = forms.DateField(label=_("Datum van de bron"), required=False, widget=_day_input())
    uncertainty = forms.ChoiceField(
        label=_("Hoe onzeker ben je?"),
        choices=[("", "–"), *Uncertainty.choices],
        required=False,
    )

    def __init__(
        self, factor: Factor, data: Mapping[str, Any] | None, initial: dict[str, Any]
    ) -> None:
        super().__init__(data, prefix=factor.value, initial=initial)
        self.factor = factor
        kinds = [(kind.value, kind.label) for kind in source_kinds_of(factor)]
        self._choices("level", list(enumerate(anchors_of(self.card))))
        self._choices("source_kind", [("", "–"), *kinds])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def card(self) -> FactorCard:
        """The factor in words."""
        return algorithm().factors[self.factor]

    @property
    def judgement(self) -> Judgement:
        """What was chosen and written."""
        return Judgement(**self.cleaned_data)

    def object_to(self, on: date) -> None:
        """Show what keeps this from being submitted."""
        given = {name: value for name, value in self.cleaned_data.items() if value is not None}
        said = replace(EMPTY, **given)
        for field, text in objections_to(self.factor, said, on=on).items():
            if field not in self.errors:
                self.add_error(field, text)


class ProfileForm:
    """A form per factor that is chosen, as one."""

    def __init__(self, data: Mapping[str, Any] | None, initial: Judgements) -> None:
        self.parts = [JudgementForm(factor, data, asdict(initial[factor])) for factor in CHOSEN]

    def is_valid(self, *, submit_on: date | None = None) -> bool:
        """Whether it can be kept; with a day: whether it can be submitted on it."""
        valid = [part.is_valid() for part in self.parts]
        if submit_on:
            for part in self.parts:
                part.object_to(submit_on)
            return not any(part.errors for part in self.parts)
        return all(valid)

    @property
    def judgements(self) -> dict[Factor, Judgement]:
        """What was chosen and written, by factor."""
        return {part.factor: part.judgement for part in self.parts}


class DecisionForm(forms.Form):
    """What a second person says of a proposal."""

    reason = forms.CharField(
        label=_("Waarom besluit je zo?"),
        help_text=_("Bij afwijzen is dit nodig. Wie het voorstelde, leest het."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FileForm(forms.Form):
    """One CSV file with profiles."""

    profiles = forms.FileField(
        label=_("Profielen (CSV)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": _("Kies een bestand.")},
    )

    def clean_profiles(self) -> UploadedFile:
        """Not larger than ten thousand teams need."""
        uploaded: UploadedFile = self.cleaned_data["profiles"]
        if (uploaded.size or 0) > LARGEST:
            raise ValidationError(_("Dit bestand is te groot."))
        return uploaded


def anchors_of(card: FactorCard) -> list[str]:
    """The anchors in the reader's language, from 0 to 4."""
    return [anchor.in_language(get_language()) for anchor in card.anchors]
