"""The forms in which an editor writes a story: scenes, reactions and endings, choices, counters.

Nothing is required here: a draft may be as unfinished as it is. What is missing is told by
``authoring.check``, at the scene where it is, and stands in the way of publication only. Choices
point at scenes, and conditions at counters, by block id, so that a new name loses nothing; the
script beside the form (``static/leer/js/story-editor.js``) shows the names.
"""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from leer.scenarios.authoring import draft
from leer.scenarios.engine import Operator, Outcome, Phase
from leer.scenarios.places import drawn_places

PHASES = [
    (Phase.SCOUTING.value, _("verkennen")),
    (Phase.CONTACT.value, _("contact")),
    (Phase.BONDING.value, _("binding")),
    (Phase.SMALL_FAVOUR.value, _("kleine gunst")),
    (Phase.GIFT.value, _("gift")),
    (Phase.TRAPPING.value, _("vastzetten")),
    (Phase.THREAT.value, _("dreiging")),
]
OUTCOMES = [
    (Outcome.SAFE.value, _("veilig")),
    (Outcome.LESSON.value, _("leermoment")),
    (Outcome.HARM.value, _("schade")),
]
OPERATORS = [
    (Operator.AT_LEAST.value, _("minstens")),
    (Operator.MORE.value, _("meer dan")),
    (Operator.AT_MOST.value, _("hoogstens")),
    (Operator.LESS.value, _("minder dan")),
    (Operator.EQUAL.value, _("precies")),
]
CHANGES = [
    (draft.MORE, _("gaat omhoog met")),
    (draft.LESS, _("gaat omlaag met")),
    (draft.BECOMES, _("wordt")),
]


def place_choices() -> list[tuple[str, str]]:
    """The drawings an editor can choose from."""
    return [(name, name.replace("-", " ").capitalize()) for name in drawn_places()]


EMPTY_CHOICE: dict[str, Any] = {"text": "", "target": "", "conditions": []}


class PointerBlock(blocks.FieldBlock):
    """A reference to another block of the same story, by its id."""

    def __init__(self, points_at: str, **kwargs: Any) -> None:
        self._points_at = points_at
        super().__init__(**kwargs)

    @cached_property
    def field(self) -> forms.CharField:
        """A field that the script turns into a list of names."""
        widget = forms.TextInput(attrs={"data-points-at": self._points_at})
        return forms.CharField(required=False, widget=widget)


class PictureNameBlock(blocks.FieldBlock):
    """One of the drawn places. A name from elsewhere is kept, though nothing is drawn for it."""

    @cached_property
    def field(self) -> forms.CharField:
        """A field with the drawings as suggestions, which the script turns into a list."""
        names = "|".join(f"{name}={label}" for name, label in place_choices())
        widget = forms.TextInput(attrs={"data-one-of": names})
        return forms.CharField(required=False, widget=widget)


class ConditionBlock(blocks.StructBlock):
    """What must be so."""

    counter = PointerBlock("counters", label=_("teller"))
    operator = blocks.ChoiceBlock(
        label=_("is"), choices=OPERATORS, default=Operator.AT_LEAST.value, required=False
    )
    value = blocks.IntegerBlock(label=_("getal"), default=1, required=False)

    class Meta:
        icon = "key"
        label = _("voorwaarde")
        form_classname = "struct-block story-row"


class EffectBlock(blocks.StructBlock):
    """What happens to a counter when the player comes here."""

    counter = PointerBlock("counters", label=_("teller"))
    change = blocks.ChoiceBlock(label=_("wat"), choices=CHANGES, default=draft.MORE, required=False)
    amount = blocks.IntegerBlock(label=_("getal"), default=1, required=False)

    class Meta:
        icon = "arrow-right"
        label = _("gevolg")
        form_classname = "struct-block story-row"


def _conditions(help_text: Any) -> blocks.ListBlock:
    return blocks.ListBlock(
        ConditionBlock(), label=_("voorwaarden"), default=[], required=False, help_text=help_text
    )


def _effects() -> blocks.ListBlock:
    return blocks.ListBlock(
        EffectBlock(),
        label=_("gevolgen"),
        default=[],
        required=False,
        help_text=_("Wat er met een teller gebeurt zodra de speler hier komt."),
    )


class TextPieceBlock(blocks.StructBlock):
    """Text, always there or only when conditions hold."""

    text = blocks.TextBlock(
        label=_("tekst"),
        required=False,
        rows=3,
        help_text=_(
            "Een witregel begint een nieuwe alinea. *Zo* schrijf je nadruk, en een regel met"
            " - ervoor wordt een punt in een lijst."
        ),
    )
    conditions = _conditions(_("Leeg: deze tekst staat er altijd."))

    class Meta:
        icon = "pilcrow"
        label = _("tekst")
        form_layout = blocks.BlockGroup(children=["text"], settings=["conditions"])


class WayOnBlock(blocks.StructBlock):
    """A choice, and where it leads."""

    text = blocks.CharBlock(
        label=_("wat de speler kiest"),
        required=False,
        max_length=300,
    )
    target = PointerBlock("scenes", label=_("gaat naar"))
    conditions = _conditions(_("Leeg: deze keuze is er altijd."))

    class Meta:
        icon = "arrow-right"
        label = _("keuze")
        form_layout = blocks.BlockGroup(children=["text", "target"], settings=["conditions"])


class OnwardsBlock(WayOnBlock):
    """The one way on from a reaction."""

    text = blocks.CharBlock(
        label=_("wat op de knop staat"), required=False, max_length=300, default="Verder"
    )

    class Meta:
        label = _("hoe het verdergaat")


def _name() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("naam"),
        required=False,
        max_length=80,
        help_text=_("Kort: zo vind je dit terug. Laat je het leeg, dan maakt Leer een naam."),
    )


def _texts() -> blocks.ListBlock:
    return blocks.ListBlock(TextPieceBlock(), label=_("wat de speler leest"), required=False)


class SceneBlock(blocks.StructBlock):
    """Something happens, and the player chooses."""

    name = _name()
    place = blocks.CharBlock(
        label=_("plek en tijd"),
        required=False,
        max_length=200,
        help_text=_("Bijvoorbeeld: Kantine, vrijdagmiddag."),
    )
    picture = PictureNameBlock(label=_("tekening"))
    texts = _texts()
    choices = blocks.ListBlock(
        WayOnBlock(), label=_("keuzes"), default=[EMPTY_CHOICE, EMPTY_CHOICE], required=False
    )
    phase = blocks.ChoiceBlock(label=_("fase"), choices=PHASES, required=False)
    fatal = blocks.BooleanBlock(
        label=_("geen weg terug"),
        required=False,
        help_text=_("Vink dit aan als het vanaf hier niet meer goed hoeft te kunnen aflopen."),
    )
    effects = _effects()

    class Meta:
        icon = "doc-full"
        label = _("scène")
        label_format = "{name}"
        form_layout = blocks.BlockGroup(
            children=["name", "place", "picture", "texts", "choices"],
            settings=["phase", "fatal", "effects"],
        )


class ReactionBlock(blocks.StructBlock):
    """What comes of a choice, before the story goes on."""

    name = _name()
    rationalisation = blocks.CharBlock(
        label=_("smoes"),
        required=False,
        max_length=200,
        help_text=_("Wat je jezelf wijsmaakt bij deze keuze. Leeg bij een goede keuze."),
    )
    texts = _texts()
    onwards = OnwardsBlock()
    picture = PictureNameBlock(label=_("tekening"))
    effects = _effects()

    class Meta:
        icon = "comment"
        label = _("reactie")
        label_format = "{name}"
        form_layout = blocks.BlockGroup(
            children=["name", "rationalisation", "texts", "onwards"],
            settings=["picture", "effects"],
        )


class EndingBlock(blocks.StructBlock):
    """How it ends."""

    name = _name()
    outcome = blocks.ChoiceBlock(label=_("hoe het afloopt"), choices=OUTCOMES, required=False)
    place = blocks.CharBlock(label=_("plek en tijd"), required=False, max_length=200)
    picture = PictureNameBlock(label=_("tekening"))
    texts = _texts()
    effects = _effects()

    class Meta:
        icon = "check"
        label = _("einde")
        label_format = "{name}"
        form_layout = blocks.BlockGroup(
            children=["name", "outcome", "place", "picture", "texts"], settings=["effects"]
        )


class CounterBlock(blocks.StructBlock):
    """A number that remembers what was chosen."""

    name = blocks.CharBlock(label=_("naam"), required=False, max_length=40)
    words = blocks.CharBlock(
        label=_("hoe hij na afloop heet"),
        help_text=_("Wat wie speelde te lezen krijgt: ‘de druk op jou’ ging van 1 naar 2."),
        required=False,
        max_length=80,
    )
    minimum = blocks.IntegerBlock(label=_("van"), default=0, required=False)
    maximum = blocks.IntegerBlock(label=_("tot en met"), default=3, required=False)
    start = blocks.IntegerBlock(label=_("begint op"), default=0, required=False)

    class Meta:
        icon = "order"
        label = _("teller")
        label_format = "{name}"
        form_classname = "struct-block story-row"


class StoryBlock(blocks.StreamBlock):
    """The whole story, the opening scene first."""

    scene = SceneBlock()
    reaction = ReactionBlock()
    ending = EndingBlock()

    class Meta:
        label = _("het verhaal")
        required = False


class CountersBlock(blocks.StreamBlock):
    """The counters of a story."""

    counter = CounterBlock()

    class Meta:
        label = _("tellers")
        required = False
