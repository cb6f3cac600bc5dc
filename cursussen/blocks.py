"""What a lesson, case or page is built of: text, picture, film, sound, quote, what to remember.

Each block is clean HTML with a class of its own (``templates/cursussen/blocks``), no inline
style or script: the pages stand under a strict policy.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
SMALL_TEXT_FEATURES = ["bold", "italic", "link"]

NEEDS_CAPTIONS = _("Bij een film hoort ondertiteling. Heb je die nog niet, laat de film dan weg.")
OTHER_KIND = _("Kies hier een bestand van de soort %(kind)s.")


class PictureBlock(blocks.StructBlock):
    """A picture with its words; without them it says nothing to somebody who cannot see it."""

    image = ImageChooserBlock(label=_("beeld"))
    alt = blocks.CharBlock(
        label=_("beschrijving"),
        max_length=300,
        help_text=_("Wat je zou vertellen aan iemand die het beeld niet ziet."),
    )
    caption = blocks.CharBlock(label=_("bijschrift"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("beeld")
        template = "cursussen/blocks/picture.html"


class FilmBlock(blocks.StructBlock):
    """A film, or its still as long as there is no film; the transcript is always there."""

    still = ImageChooserBlock(label=_("stilstaand beeld"))
    alt = blocks.CharBlock(label=_("beschrijving van het beeld"), max_length=300)
    title = blocks.CharBlock(label=_("titel"), max_length=200)
    duration = blocks.CharBlock(
        label=_("duur"), required=False, max_length=40, help_text=_("Bijvoorbeeld: 2 minuten.")
    )
    video = DocumentChooserBlock(label=_("filmbestand (mp4)"), required=False)
    captions = DocumentChooserBlock(
        label=_("ondertiteling (vtt of srt)"),
        required=False,
        help_text=_("Nodig bij een film: wie niet hoort of geen geluid aan heeft, leest mee."),
    )
    transcript = blocks.RichTextBlock(label=_("uitgeschreven tekst"), features=TEXT_FEATURES)

    class Meta:
        icon = "media"
        label = _("film")
        template = "cursussen/blocks/film.html"

    def clean(self, value: Any) -> Any:
        """A film has captions; and each file is what its field asks for."""
        cleaned = super().clean(value)
        errors = {
            "video": _not_a(cleaned.get("video"), ".mp4"),
            "captions": _not_a(cleaned.get("captions"), ".vtt"),
        }
        if cleaned.get("video") and not cleaned.get("captions"):
            errors["captions"] = ValidationError(NEEDS_CAPTIONS)
        return _without(errors, cleaned)


class SoundBlock(blocks.StructBlock):
    """Somebody tells: sound, with everything that is said in writing below it."""

    title = blocks.CharBlock(label=_("titel"), max_length=200)
    duration = blocks.CharBlock(
        label=_("duur"), required=False, max_length=40, help_text=_("Bijvoorbeeld: 2 minuten.")
    )
    sound = DocumentChooserBlock(
        label=_("geluidsbestand (m4a)"),
        help_text=_("Een stem is te herkennen: laat de tekst door iemand anders inspreken."),
    )
    transcript = blocks.RichTextBlock(label=_("uitgeschreven tekst"), features=TEXT_FEATURES)

    class Meta:
        icon = "volume-up"
        label = _("geluid")
        template = "cursussen/blocks/sound.html"

    def clean(self, value: Any) -> Any:
        """The file is sound."""
        cleaned = super().clean(value)
        return _without({"sound": _not_a(cleaned.get("sound"), ".m4a")}, cleaned)


def _not_a(file: Any, extension: str) -> ValidationError | None:
    """What is wrong when this file is of another kind."""
    if not file or str(file.file.name).endswith(extension):
        return None
    return ValidationError(OTHER_KIND, params={"kind": extension[1:]})


def _without(errors: Mapping[str, ValidationError | None], value: Any) -> Any:
    found = {name: error for name, error in errors.items() if error}
    if found:
        raise StructBlockValidationError(block_errors=found)
    return value


class RememberBlock(blocks.StructBlock):
    """The one thing to take along."""

    text = blocks.RichTextBlock(label=_("tekst"), features=SMALL_TEXT_FEATURES)

    class Meta:
        icon = "pin"
        label = _("onthoud")
        template = "cursussen/blocks/remember.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody says, and who."""

    text = blocks.RichTextBlock(label=_("citaat"), features=["bold", "italic"])
    who = blocks.CharBlock(
        label=_("wie"),
        max_length=200,
        help_text=_("Onherkenbaar: een functie of een verzonnen voornaam."),
    )

    class Meta:
        icon = "openquote"
        label = _("citaat")
        template = "cursussen/blocks/quote.html"


class BodyBlock(blocks.StreamBlock):
    """The body of anything that is read."""

    text = blocks.RichTextBlock(
        label=_("tekst"),
        icon="pilcrow",
        features=TEXT_FEATURES,
        template="cursussen/blocks/text.html",
    )
    picture = PictureBlock()
    film = FilmBlock()
    sound = SoundBlock()
    remember = RememberBlock()
    quote = QuoteBlock()

    class Meta:
        label = _("inhoud")


class PolicyBlock(blocks.StreamBlock):
    """The text of a policy: words only, so that it has one exact form (``policies.canonical``)."""

    text = blocks.RichTextBlock(
        label=_("tekst"),
        icon="pilcrow",
        features=TEXT_FEATURES,
        template="cursussen/blocks/text.html",
    )
    remember = RememberBlock()
    slot = blocks.CharBlock(
        label=_("in te vullen door de dienst"),
        icon="edit",
        max_length=300,
        template="cursussen/blocks/slot.html",
        help_text=_("Wat hier moet komen en alleen de dienst weet, zoals een bedrag of een naam."),
    )

    class Meta:
        label = _("de tekst")


SECTION_KINDS = [
    ("gebeurtenis", _("gebeurtenis")),
    ("vervolg", _("vervolg")),
    ("les", _("les")),
]
MOMENT = "keuzemoment"  # the kind of the part in which the reader chooses


class SectionBlock(blocks.StructBlock):
    """One part of a case that is only read: what happened, what came of it, the lesson."""

    kind = blocks.ChoiceBlock(label=_("soort"), choices=SECTION_KINDS)
    title = blocks.CharBlock(label=_("titel"), max_length=200)
    body = BodyBlock(label=_("inhoud"))

    class Meta:
        icon = "doc-full"
        label = _("deel")


class OptionBlock(blocks.StructBlock):
    """What the reader could do, and what there is to say about it. None is right or wrong."""

    text = blocks.CharBlock(
        label=_("wat de lezer kan doen"), max_length=200, help_text=_("Begin met ‘Ik …’.")
    )
    reflection = blocks.RichTextBlock(
        label=_("om over na te denken"),
        features=SMALL_TEXT_FEATURES,
        help_text=_("Waarom iemand dit zou doen, en wat het dan doet. Geen oordeel."),
    )

    class Meta:
        icon = "help"
        label = _("keuze")


class MomentBlock(blocks.StructBlock):
    """The part where the story stops and the reader chooses; the rest comes after that."""

    title = blocks.CharBlock(label=_("titel"), max_length=200)
    body = BodyBlock(label=_("inhoud"))
    question = blocks.CharBlock(
        label=_("vraag"), max_length=200, help_text=_("Bijvoorbeeld: wat zou jij nu zeggen?")
    )
    options = blocks.ListBlock(OptionBlock(), label=_("keuzes"), min_num=2, max_num=4)

    class Meta:
        icon = "help"
        label = _("keuzemoment")


NO_MOMENT = _(
    "Zet in het verhaal één keuzemoment, en daarna wat er gebeurde. De lezer kiest voor hij verder"
    " leest."
)


class CaseBlock(blocks.StreamBlock):
    """The parts of a case: it stops once for the reader to choose, and goes on after that."""

    section = SectionBlock()
    moment = MomentBlock()

    class Meta:
        label = _("delen")

    def clean(self, value: blocks.StreamValue) -> blocks.StreamValue:
        """A draft may be unfinished."""
        cleaned: blocks.StreamValue = super().clean(value)
        if not self.is_deferred_validation and not stops_once(cleaned):
            raise blocks.StreamBlockValidationError(non_block_errors=[NO_MOMENT])
        return cleaned


def empty_parts() -> list[tuple[str, dict[str, Any]]]:
    """With what a new case begins: the parts that a story has, to be written."""
    event, outcome, lesson = (("section", _empty(kind=kind)) for kind, _label in SECTION_KINDS)
    moment = ("moment", _empty(question="", options=[{"text": "", "reflection": ""}] * 2))
    return [event, moment, outcome, lesson]


def _empty(**values: Any) -> dict[str, Any]:
    return {"title": "", "body": [("text", "")]} | values


def stops_once(parts: blocks.StreamValue) -> bool:
    """There is one moment of choice in these parts of a case, and something after it."""
    kinds = [part.block_type for part in parts]
    return kinds.count("moment") == 1 and kinds[-1] != "moment"
