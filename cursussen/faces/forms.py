"""What has to go from a picture: of the proposal, and what an editor saw besides."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cursussen.faces.boxes import Box, Kind

NAMES = {
    Kind.FACE: gettext_lazy("gezicht"),
    Kind.TEXT: gettext_lazy("tekst of kenteken"),
    Kind.OTHER: gettext_lazy("door jou aangewezen"),
}
PLACES = 4  # to be pointed out by hand at a time


class ProposalForm(forms.Form):
    """Each place of the proposal, to be covered unless somebody says otherwise."""

    seen = forms.CharField(widget=forms.HiddenInput)
    cover = forms.MultipleChoiceField(
        label=gettext_lazy("Onherkenbaar maken"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, boxes: Sequence[Box], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._boxes = boxes
        choices = [(str(number), _label(number, box)) for number, box in _numbered(boxes)]
        cover = self.fields["cover"]
        assert isinstance(cover, forms.MultipleChoiceField)
        cover.choices = choices
        cover.initial = [value for value, _name in choices]
        self.fields["seen"].initial = seen

    @property
    def covered(self) -> list[Box]:
        """The places that have to go."""
        chosen = self.cleaned_data["cover"]
        return [box for number, box in _numbered(self._boxes) if str(number) in chosen]


def _numbered(boxes: Sequence[Box]) -> list[tuple[int, Box]]:
    return list(enumerate(boxes, start=1))


def _label(number: int, box: Box) -> str:
    return _("%(number)s: %(name)s") % {"number": number, "name": NAMES[Kind(box.kind)]}


def _percentage(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=100, decimal_places=1
    )


class PlaceForm(forms.Form):
    """A place that somebody points out, in hundredths of the picture's width and height."""

    left = _percentage(gettext_lazy("van links"))
    top = _percentage(gettext_lazy("van boven"))
    width = _percentage(gettext_lazy("breed"))
    height = _percentage(gettext_lazy("hoog"))

    def clean(self) -> dict[str, Any]:
        """All four, and not of nothing."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.has_changed() or self.errors:
            return cleaned
        if not all(cleaned.get(name) is not None for name in self.fields):
            raise forms.ValidationError(_("Vul alle vier de getallen in."))
        if not (cleaned["width"] and cleaned["height"]):
            raise forms.ValidationError(_("Breed en hoog zijn meer dan 0."))
        return cleaned

    def box(self, size: tuple[int, int]) -> Box | None:
        """In a picture of this size; None of a form that was left empty."""
        if not self.has_changed():
            return None
        given = self.cleaned_data
        left, top = _pixels(given["left"], size[0]), _pixels(given["top"], size[1])
        width, height = _pixels(given["width"], size[0]), _pixels(given["height"], size[1])
        return Box(Kind.OTHER, left, top, max(width, 1), max(height, 1)).within(size)


def _pixels(percentage: Decimal, whole: int) -> int:
    return round(percentage * whole / 100)


PlaceFormSet = forms.formset_factory(PlaceForm, extra=PLACES, max_num=PLACES)
