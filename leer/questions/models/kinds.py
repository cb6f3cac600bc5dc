"""The kinds of question: each a proxy with its own blocks and its own rule."""

from collections.abc import Sized

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leer.questions.blocks import only
from leer.questions.marking.frozen import FrozenOption, Kind
from leer.questions.models.question import Question

Options = tuple[FrozenOption, ...]


class SingleChoiceQuestion(Question):
    """Exactly one answer is right, and one is chosen."""

    kind = Kind.SINGLE
    answers_block = only("option")

    class Meta:
        proxy = True
        verbose_name = _("vraag met één goed antwoord")
        verbose_name_plural = _("vragen met één goed antwoord")

    def check_options(self, options: Options) -> None:
        """One right, at least one wrong."""
        right = sum(option.correct for option in options)
        if right != 1:
            raise wrong(
                _("Geef precies één antwoord aan als goed; nu zijn het er %(n)d.") % {"n": right}
            )
        if len(options) == right:
            raise wrong(_("Voeg ook een antwoord toe dat niet klopt."))


class MultipleChoiceQuestion(Question):
    """Several answers may be right; part of the mark for part of them."""

    kind = Kind.MULTIPLE
    answers_block = only("option")

    class Meta:
        proxy = True
        verbose_name = _("vraag met meer goede antwoorden")
        verbose_name_plural = _("vragen met meer goede antwoorden")

    def check_options(self, options: Options) -> None:
        """At least one right and one wrong."""
        if not any(option.correct for option in options):
            raise wrong(_("Geef minstens één antwoord aan als goed."))
        if all(option.correct for option in options):
            raise wrong(_("Voeg ook een antwoord toe dat niet klopt."))


class TextSignalsQuestion(Question):
    """A text in which some passages can be pointed out; some of them are signals."""

    kind = Kind.TEXT_SIGNALS
    answers_block = only("plain", "passage")

    class Meta:
        proxy = True
        verbose_name = _("vraag over signalen in een tekst")
        verbose_name_plural = _("vragen over signalen in een tekst")

    def check_options(self, options: Options) -> None:
        """At least one passage of either sort."""
        check_signals(options)


class PictureSignalsQuestion(Question):
    """A picture with numbered spots; some of them are signals."""

    kind = Kind.PICTURE_SIGNALS
    answers_block = only("picture", "spot")

    class Meta:
        proxy = True
        verbose_name = _("vraag over signalen in een beeld")
        verbose_name_plural = _("vragen over signalen in een beeld")

    def check_options(self, options: Options) -> None:
        """One picture with its words, and at least one spot of either sort."""
        pictures = [child.value for child in self.options if child.block_type == "picture"]
        if len(pictures) != 1:
            raise wrong(_("Voeg één beeld toe; nu zijn het er %(n)d.") % {"n": len(pictures)})
        if not pictures[0]["alt"].strip():
            raise wrong(_("Beschrijf het beeld voor wie het niet kan zien."))
        check_signals(options)


class OrderQuestion(Question):
    """Steps to be put in order; they are written down in the right one."""

    kind = Kind.ORDER
    answers_block = only("step")

    class Meta:
        proxy = True
        verbose_name = _("vraag over volgorde")
        verbose_name_plural = _("vragen over volgorde")

    def check_options(self, options: Options) -> None:
        """Three make an order; nobody can oversee ten."""
        check_number(options, 3, 8, _("Voeg drie tot acht stappen toe; nu zijn het er %(n)d."))


class MatchQuestion(Question):
    """Things that belong together."""

    kind = Kind.MATCH
    answers_block = only("pair")

    class Meta:
        proxy = True
        verbose_name = _("vraag over wat bij elkaar hoort")
        verbose_name_plural = _("vragen over wat bij elkaar hoort")

    def check_options(self, options: Options) -> None:
        """Something to choose between."""
        check_number(options, 2, 8, _("Voeg twee tot acht paren toe; nu zijn het er %(n)d."))
        if len({option.target for option in options}) == 1:
            raise wrong(_("Alles hoort nu bij hetzelfde. Voeg een paar toe met iets anders."))


class JudgementQuestion(Question):
    """A situation with possible actions; how appropriate each is, experts have said."""

    kind = Kind.JUDGEMENT
    answers_block = only("action")

    class Meta:
        proxy = True
        verbose_name = _("vraag over wat je vindt passen")
        verbose_name_plural = _("vragen over wat je vindt passen")

    def check_options(self, options: Options) -> None:
        """Not all of them the same."""
        check_number(options, 2, 8, _("Voeg twee tot acht acties toe; nu zijn het er %(n)d."))
        if len({option.rating for option in options}) == 1:
            raise wrong(_("Alle acties zijn nu even passend. Voeg er een toe die dat niet is."))


class ReflectionQuestion(Question):
    """Something to think over. What somebody writes stays in their own browser."""

    kind = Kind.REFLECTION
    panels = [panel for panel in Question.panels if getattr(panel, "field_name", "") != "options"]

    class Meta:
        proxy = True
        verbose_name = _("vraag om over na te denken")
        verbose_name_plural = _("vragen om over na te denken")

    def check_options(self, options: Options) -> None:
        """There is nothing to choose."""
        if options:
            raise wrong(_("Bij deze soort vraag valt niets te kiezen."))


def check_signals(options: Options) -> None:
    """Some are signals, and some are not."""
    if not any(option.correct for option in options):
        raise wrong(_("Geef minstens één plek aan als signaal."))
    if all(option.correct for option in options):
        raise wrong(_("Voeg ook een plek toe die geen signaal is."))


def check_number(options: Sized, fewest: int, most: int, message: Promise) -> None:
    """Not too few, not too many."""
    if not fewest <= len(options) <= most:
        raise wrong(str(message) % {"n": len(options)})


def wrong(message: Promise | str) -> ValidationError:
    """Something about the answers as a whole."""
    return ValidationError({"options": message})
