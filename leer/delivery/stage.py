"""What a player sees of a story: the passage of now, and nothing of what may follow."""

from dataclasses import dataclass, field
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString

from leer.core.language import lang_attribute
from leer.core.markdown import to_html
from leer.delivery.actions import choice_key, states_of
from leer.progress import api as progress
from leer.scenarios import api as scenarios
from leer.scenarios.api import engine

# The places that were drawn; a story names one with ``beeld``. Their place line says what
# they show, so they need no words of their own.
DRAWN_PLACES = {
    "parkeerplaats",
    "sportkantine",
    "werkplek",
    "thuis",
    "kade",
    "terminal",
    "scanstraat",
    "balie",
    "keukentafel",
    "loods",
    "borrel",
    "parkeren",
    "kamer",
    "teamoverleg",
    "gang",
}


@dataclass(frozen=True)
class Stage:
    """One passage, ready to show. ``lang`` is the attribute of the story's own words."""

    number: int
    kind: str
    html: SafeString
    lang: SafeString
    place: str = ""
    picture: dict[str, Any] | None = None
    chosen_text: str | None = None
    rationalisation: str | None = None
    choices: list[dict[str, str]] = field(default_factory=list)


def stage_of(attempt: progress.Attempt) -> Stage:
    """The passage where this attempt is. Raises ``Stale`` when nobody can tell any more."""
    story = scenarios.graph_of(attempt.version)
    states = states_of(attempt)
    state = states[-1]
    passage = engine.passage_of(story, state)
    reaction = passage.kind is engine.Kind.REACTION
    return Stage(
        number=sum(story.passages[one.passage].kind is engine.Kind.SCENE for one in states),
        kind="reaction" if reaction else "scene",
        html=to_html(engine.visible_text(story, state)),
        lang=lang_of(attempt),
        place=passage.place,
        picture=picture_of(passage),
        chosen_text=_last_choice(story, attempt) if reaction else None,
        rationalisation=passage.rationalisation or None,
        choices=[
            {"key": choice_key(attempt.id, attempt.next_step, choice.target), "text": choice.text}
            for choice in engine.choices(story, state)
        ],
    )


def lang_of(attempt: progress.Attempt) -> SafeString:
    """The ``lang`` attribute of the story's words, where they differ from the page's."""
    return lang_attribute(scenarios.language_of(attempt.version))


def picture_of(passage: engine.Passage) -> dict[str, Any] | None:
    """The drawn place of this passage, if it names one that was drawn."""
    if passage.picture not in DRAWN_PLACES:
        return None
    url = static(f"leer/places/{passage.picture}.svg")
    return {"url": url, "alt": "", "width": 1600, "height": 900}


def choice_text(passage: engine.Passage, target: str) -> str:
    """The words of the way from this passage to that one."""
    return next((choice.text for choice in passage.choices if choice.target == target), "")


def _last_choice(story: engine.Scenario, attempt: progress.Attempt) -> str:
    last = attempt.in_order()[-1]
    return choice_text(story.passages[last["scene"]], last["target"])
