"""What a player sees of a story: the passage of now, and nothing of what may follow."""

from dataclasses import dataclass, field
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString

from leer.core.markdown import to_html
from leer.delivery.actions import choice_key, state_of
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
    """One passage, ready to show."""

    number: int
    kind: str
    html: SafeString
    place: str = ""
    picture: dict[str, Any] | None = None
    chosen_text: str | None = None
    rationalisation: str | None = None
    choices: list[dict[str, str]] = field(default_factory=list)
    notice: str | None = None


def stage_of(attempt: progress.Attempt, notice: str | None = None) -> Stage:
    """The passage where this attempt is."""
    story = scenarios.graph_of(attempt.version)
    state = state_of(attempt)
    passage = engine.passage_of(story, state)
    reaction = passage.kind is engine.Kind.REACTION
    return Stage(
        number=_scenes_seen(story, attempt),
        kind="reaction" if reaction else "scene",
        html=to_html(engine.visible_text(story, state)),
        place=passage.place,
        picture=_picture(passage),
        chosen_text=_last_choice(story, attempt) if reaction else None,
        rationalisation=passage.rationalisation or None,
        choices=[
            {"key": choice_key(attempt.id, attempt.next_step, choice.target), "text": choice.text}
            for choice in engine.choices(story, state)
        ],
        notice=notice,
    )


def ending_of(attempt: progress.Attempt) -> dict[str, Any]:
    """How it ended and the way there, for the page after the last choice."""
    story = scenarios.graph_of(attempt.version)
    state = state_of(attempt)
    passage = engine.passage_of(story, state)
    return {
        "outcome": attempt.outcome,
        "html": to_html(engine.visible_text(story, state)),
        "picture": _picture(passage),
        "path": list(_path(story, attempt)),
    }


def _path(story: engine.Scenario, attempt: progress.Attempt) -> list[dict[str, Any]]:
    """The choices that were made in scenes; going on from a reaction is no choice."""
    made = [
        (story.passages[taken["scene"]], taken["target"])
        for taken in attempt.in_order()
        if story.passages[taken["scene"]].kind is engine.Kind.SCENE
    ]
    return [
        {"number": number, "place": scene.place, "choice_text": _text(scene, target)}
        for number, (scene, target) in enumerate(made, start=1)
    ]


def _last_choice(story: engine.Scenario, attempt: progress.Attempt) -> str:
    last = attempt.in_order()[-1]
    return _text(story.passages[last["scene"]], last["target"])


def _text(passage: engine.Passage, target: str) -> str:
    return next((choice.text for choice in passage.choices if choice.target == target), "")


def _scenes_seen(story: engine.Scenario, attempt: progress.Attempt) -> int:
    names = [story.start, *(taken["target"] for taken in attempt.in_order())]
    return sum(story.passages[name].kind is engine.Kind.SCENE for name in names)


def _picture(passage: engine.Passage) -> dict[str, Any] | None:
    if passage.picture not in DRAWN_PLACES:
        return None
    url = static(f"leer/places/{passage.picture}.svg")
    return {"url": url, "alt": "", "width": 1600, "height": 900}
