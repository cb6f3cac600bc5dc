"""The block an editor fills in for each answer."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class OptionBlock(blocks.StructBlock):
    """One answer: its text, whether it is right, and what it says back."""

    key = blocks.RegexBlock(
        regex=r"^[-a-z0-9]{1,20}$",
        label=_("sleutel"),
        help_text=_("Kort en vast, bijvoorbeeld ‘a’. Verandert nooit."),
        error_messages={"invalid": _("Gebruik kleine letters, cijfers en streepjes.")},
    )
    text = blocks.TextBlock(label=_("antwoord"), rows=2)
    correct = blocks.BooleanBlock(label=_("dit is goed"), required=False)
    feedback = blocks.TextBlock(label=_("reactie"), rows=2, required=False)
    rationalisation = blocks.TextBlock(
        label=_("smoes"),
        rows=1,
        required=False,
        help_text=_("De gedachte die dit antwoord aantrekkelijk maakt."),
    )
    counter_line = blocks.TextBlock(
        label=_("weerwoord"), rows=1, required=False, help_text=_("Wat je daarop kunt zeggen.")
    )

    class Meta:
        icon = "list-ul"
        label = _("antwoord")
