"""What a lesson, case or page is built of: text, picture, film, something to remember, a quote.

Each block is clean HTML with a class of its own (``templates/cursussen/blocks``), no inline
style or script: the pages stand under a strict policy.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
SMALL_TEXT_FEATURES = ["bold", "italic", "link"]


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
    transcript = blocks.RichTextBlock(label=_("uitgeschreven tekst"), features=TEXT_FEATURES)

    class Meta:
        icon = "media"
        label = _("film")
        template = "cursussen/blocks/film.html"


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
    ("keuzemoment", _("keuzemoment")),
    ("vervolg", _("vervolg")),
    ("les", _("les")),
]


class SectionBlock(blocks.StructBlock):
    """One part of a case: what happened, the moment of choice, what came of it, the lesson."""

    kind = blocks.ChoiceBlock(label=_("soort"), choices=SECTION_KINDS)
    title = blocks.CharBlock(label=_("titel"), max_length=200)
    body = BodyBlock(label=_("inhoud"))

    class Meta:
        icon = "doc-full"
        label = _("deel")
