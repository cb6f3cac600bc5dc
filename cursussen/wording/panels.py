"""How hard a text is to read, in the form where it is written."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from cursussen.gate.gathering import Passage, passages_of
from cursussen.wording.measures import Level, Measured, Reason, Why, measure

LEVELS: dict[Level, Promise] = {
    Level.EASY: _("Deze tekst leest makkelijk."),
    Level.HARDER: _("Deze tekst is wat moeilijker dan een collega prettig leest."),
    Level.HARD: _("Deze tekst is moeilijk te lezen."),
}
WHYS: dict[Why, Promise] = {
    Why.LONG: _("lang: %(words)s woorden. Maak er twee zinnen van."),
    Why.WORDS: _("een lang woord: %(words)s. Kan het korter, of in twee woorden?"),
    Why.STIFF: _("een stijf woord: %(words)s. Probeer: %(easier)s."),
    Why.PASSIVE: _("je leest niet wie het doet: %(words)s. Schrijf wie."),
    Why.NOUNS: _("veel dingen, weinig doen: %(words)s. Maak er werkwoorden van."),
    Why.APART: _("wat bij elkaar hoort, staat ver uit elkaar: %(words)s."),
}
READ_FIELDS = {"summary"}
"""Of a page: what a reader reads as sentences, besides rich text."""


class WordingPanel(Panel):
    """Hard sentences of the version that was saved last, and why; nothing is refused for them."""

    class BoundPanel(Panel.BoundPanel):
        """A page that was never saved has no text yet."""

        template_name = "cursussen/wording/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The measures in words."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            measured = measured_page(self.instance) if self.instance.pk else None
            return context | {"measured": measured, **_in_words(measured)}


def measured_page(page: Any) -> Measured | None:
    """What colleagues read of this page: its rich text and its summary."""
    return measure(passage.text for passage in passages_of(page) if _is_read(passage))


def words_of(reason: Reason) -> str:
    """Why a sentence is hard, and what helps."""
    return str(WHYS[reason.why]) % {"words": ", ".join(reason.words), "easier": reason.easier}


def _is_read(passage: Passage) -> bool:
    return passage.html is not None or (len(passage.way) == 1 and passage.way[0] in READ_FIELDS)


def _in_words(measured: Measured | None) -> dict[str, Any]:
    if measured is None:
        return {}
    hard = [(one.text, [words_of(reason) for reason in one.reasons]) for one in measured.hard]
    return {"level": LEVELS[measured.level], "hard": hard}
