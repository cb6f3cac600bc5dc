"""What a quiz is built of: chosen questions, and draws from the bank."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.snippets.blocks import SnippetChooserBlock

from leer.questions import api as questions
from leer.questions.api import Draw, Question, SingleChoiceQuestion

Entry = Question | Draw


class DrawBlock(blocks.StructBlock):
    """Some questions with a tag, others for each attempt."""

    tag = blocks.CharBlock(
        label=gettext_lazy("trefwoord"),
        max_length=40,
        help_text=gettext_lazy("Van vragen uit de vragenbank. Zie Vragen, Alle vragen."),
    )
    count = blocks.IntegerBlock(
        label=gettext_lazy("hoeveel vragen"), min_value=1, max_value=50, default=3
    )

    class Meta:
        icon = "rotate"
        label = gettext_lazy("trek vragen op trefwoord")
        label_format = "{count} × {tag}"

    def clean(self, value: Any) -> Any:
        """Tags are written small."""
        cleaned = super().clean(value)
        cleaned["tag"] = cleaned["tag"].strip().lower()
        return cleaned


class QuizBlock(blocks.StreamBlock):
    """Questions in order. A draw for which the bank has too few is told at that draw."""

    question = SnippetChooserBlock(Question, label=gettext_lazy("vraag"))
    draw = DrawBlock()

    def clean(self, value: Any) -> Any:
        """Also: the bank has enough for each attempt."""
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (problems := problems_of(cleaned)):
            raise StreamBlockValidationError(block_errors=problems)
        return cleaned


class SituationsBlock(blocks.StreamBlock):
    """Two situations of a policy, each with one right answer."""

    question = SnippetChooserBlock(SingleChoiceQuestion, label=gettext_lazy("situatie"))

    class Meta:
        min_num = max_num = 2


def entries_of(value: Iterable[Any]) -> Iterator[Entry]:
    """The chosen questions that are published (one that was deleted is left out) and the draws."""
    return (entry for _place, entry in _placed(value))


def problems_of(value: Iterable[Any]) -> dict[int, ValidationError]:
    """What is wrong with each block that cannot be filled, by its place."""
    placed = list(_placed(value))
    short = questions.shortages([entry for _place, entry in placed])
    return {
        placed[number][0]: ValidationError(_problem(placed[number][1], missing))
        for number, missing in short.items()
    }


def _placed(value: Iterable[Any]) -> Iterator[tuple[int, Entry]]:
    for place, block in enumerate(value):
        if block.block_type == "draw":
            yield place, Draw(block.value["tag"], block.value["count"])
        elif block.value and block.value.live:
            yield place, block.value


def _problem(entry: Entry, missing: int) -> str:
    if isinstance(entry, Question):
        return _(
            "Deze vraag en een andere in deze quiz staan voor elkaar: niemand krijgt ze allebei. "
            "Haal er een weg, of maak nog een vraag die ervoor staat."
        )
    return ngettext(
        "Er is %(n)d gepubliceerde vraag te weinig met trefwoord ‘%(tag)s’ die niet al in deze "
        "quiz zit. Trek er minder, of publiceer er meer.",
        "Er zijn %(n)d gepubliceerde vragen te weinig met trefwoord ‘%(tag)s’ die niet al in deze "
        "quiz zitten. Trek er minder, of publiceer er meer.",
        missing,
    ) % {"n": missing, "tag": entry.tag}
