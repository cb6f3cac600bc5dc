"""The blocks that an editor fills in: an answer, a passage, a spot, a step, a pair, an action."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup
from wagtail.images.blocks import ImageChooserBlock

RATINGS = (
    ("4", _("zeer passend")),
    ("3", _("passend")),
    ("2", _("niet zo passend")),
    ("1", _("zeer onpassend")),
)
FEEDBACK = ("feedback", "rationalisation", "counter_line")


def layout(*names: str) -> BlockGroup:
    """These fields, then what it says back; the key is nothing to look at."""
    return BlockGroup([*names, *FEEDBACK], settings=["key"])


class AnsweringBlock(blocks.StructBlock):
    """What every block has that can be answered: its key, and what it says back."""

    key = blocks.RegexBlock(
        regex=r"^[-a-z0-9]{1,20}$",
        required=False,
        label=_("sleutel"),
        help_text=_("Vult Leer zelf in. Verandert nooit."),
        error_messages={"invalid": _("Gebruik kleine letters, cijfers en streepjes.")},
    )
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


class OptionBlock(AnsweringBlock):
    """One answer: its text, whether it is right, and what it says back."""

    text = blocks.TextBlock(label=_("antwoord"), rows=2)
    correct = blocks.BooleanBlock(label=_("dit is goed"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("antwoord")
        form_layout = layout("text", "correct")


class PassageBlock(AnsweringBlock):
    """A passage that can be pointed out in a text."""

    text = blocks.TextBlock(label=_("stukje tekst"), rows=2)
    correct = blocks.BooleanBlock(label=_("dit is een signaal"), required=False)

    class Meta:
        icon = "edit"
        label = _("stukje om aan te wijzen")
        form_layout = layout("text", "correct")


class SpotBlock(AnsweringBlock):
    """A spot in a picture, with its words."""

    text = blocks.TextBlock(
        label=_("wat daar te zien is"),
        rows=1,
        help_text=_("In woorden, ook voor wie het beeld niet ziet. Verklap niet of het telt."),
    )
    x = blocks.IntegerBlock(
        label=_("plaats van links"),
        min_value=0,
        max_value=100,
        help_text=_("In procenten: 0 is de linkerrand, 100 de rechterrand."),
    )
    y = blocks.IntegerBlock(
        label=_("plaats van boven"),
        min_value=0,
        max_value=100,
        help_text=_("In procenten: 0 is de bovenrand, 100 de onderrand."),
    )
    correct = blocks.BooleanBlock(label=_("dit is een signaal"), required=False)

    class Meta:
        icon = "crosshairs"
        label = _("plek in het beeld")
        form_layout = layout("text", "x", "y", "correct")


class PictureBlock(blocks.StructBlock):
    """The picture that the spots are on."""

    picture = ImageChooserBlock(label=_("beeld"))
    alt = blocks.TextBlock(
        label=_("beschrijving van het beeld"),
        rows=2,
        help_text=_("Wat je zou vertellen aan iemand die het beeld niet ziet."),
    )

    class Meta:
        icon = "image"
        label = _("beeld")


class StepBlock(AnsweringBlock):
    """One step; steps are put in by the right order."""

    text = blocks.TextBlock(label=_("stap"), rows=1)

    class Meta:
        icon = "list-ol"
        label = _("stap")
        form_layout = layout("text")


class PairBlock(AnsweringBlock):
    """Two things that belong together."""

    text = blocks.TextBlock(label=_("dit"), rows=1)
    target = blocks.CharBlock(
        label=_("hoort bij dit"), max_length=120, help_text=_("Kort: hieruit kiest de lezer.")
    )

    class Meta:
        icon = "link"
        label = _("paar")
        form_layout = layout("text", "target")


class ActionBlock(AnsweringBlock):
    """A possible action, and what the experts say of it."""

    text = blocks.TextBlock(label=_("mogelijke actie"), rows=1)
    rating = blocks.ChoiceBlock(choices=RATINGS, label=_("oordeel van de experts"))

    class Meta:
        icon = "pick"
        label = _("actie")
        form_layout = layout("text", "rating")


class AnswersBlock(blocks.StreamBlock):
    """What any kind of question may hold; the form of a kind offers its own only."""

    option = OptionBlock()
    passage = PassageBlock()
    plain = blocks.TextBlock(
        label=_("tekst ertussen"), rows=2, icon="pilcrow", help_text=_("Niet aan te wijzen.")
    )
    picture = PictureBlock()
    spot = SpotBlock()
    step = StepBlock()
    pair = PairBlock()
    action = ActionBlock()


def only(*names: str, **meta: Any) -> blocks.StreamBlock:
    """The same stream, but with these blocks only."""
    offered = [(name, AnswersBlock.base_blocks[name]) for name in names]
    return blocks.StreamBlock(offered, required=False, max_num=20, **meta)
