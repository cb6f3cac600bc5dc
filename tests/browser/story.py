"""The story of the module, read from its file by the engine: what a page may show and when."""

import html
import re
from collections.abc import Iterator

from leer.core.embedded import PROJECT_DIR
from leer.scenarios import engine

FILE = PROJECT_DIR / "scenario's" / "een-oude-bekende" / "nl.twee"
STORY = engine.parse(FILE.read_text())
# The shortest safe way: keep it short, tell a colleague, call her.
SAFE = ("r-kort-gehouden", "r-anouk-weet-het", "r-samen-gebeld")
# The longest way down, for what a page may not give away on it.
UNSAFE = ("r-veel-verteld", "r-klus-aangenomen", "r-toch-gekeken", "r-tas-mee", "r-zelf-oplossen")
LONG_ENOUGH = 15  # characters; shorter sentences ("Verder") are everywhere


def begin() -> engine.State:
    """Where the story begins."""
    return engine.begin(STORY)


def choose(state: engine.State, target: str) -> engine.State:
    """Where this choice leads."""
    return engine.choose(STORY, state, target)


def onwards(state: engine.State) -> str:
    """The only way on from a reaction."""
    (choice,) = engine.choices(STORY, state)
    return choice.target


def targets(state: engine.State) -> list[str]:
    """Where the choices lead that can be made now."""
    return [choice.target for choice in engine.choices(STORY, state)]


def first(state: engine.State) -> str:
    """The first choice here."""
    return engine.choices(STORY, state)[0].target


def is_reaction(state: engine.State) -> bool:
    """Whether this is what follows a choice, before the next scene."""
    return engine.passage_of(STORY, state).kind is engine.Kind.REACTION


def is_over(state: engine.State) -> bool:
    """Whether this is an ending."""
    return engine.is_over(STORY, state)


def paragraphs(state: engine.State) -> list[str]:
    """What is to be read now."""
    return [plain(part) for part in engine.visible_text(STORY, state).split("\n\n")]


def offers(state: engine.State) -> list[str]:
    """The choices that can be made now, in words."""
    return [plain(choice.text) for choice in engine.choices(STORY, state)]


def wording(state: engine.State, target: str) -> str:
    """The words of the choice that leads there."""
    return next(c.text for c in engine.choices(STORY, state) if c.target == target)


def given_away(source: str, path: list[engine.State]) -> list[str]:
    """Text in this source that somebody who came along this path has not yet come across.

    What was read or chosen on the way may be there; every other sentence of the story, also
    one of this very scene whose condition does not hold, may not.
    """
    seen = {text for state in path for text in (*_shown(state), *offers(state))}
    shown = plain(re.sub(r"<[^>]+>", " ", html.unescape(source)))
    raw = html.unescape(source)
    return [
        text
        for text in sorted(_all_text() - seen)
        if (text in shown or text in raw) and not any(text in known for known in seen)
    ]


def plain(text: str) -> str:
    """Markdown as it reads: no marks, white space evened out."""
    return " ".join(text.replace("*", "").split())


def _shown(state: engine.State) -> Iterator[str]:
    yield from paragraphs(state)
    passage = engine.passage_of(STORY, state)
    yield plain(passage.place)
    yield plain(passage.rationalisation)


def _all_text() -> set[str]:
    found = set()
    for passage in STORY.passages.values():
        found |= {plain(part) for block in passage.blocks for part in block.text.split("\n\n")}
        found |= {plain(choice.text) for choice in passage.choices}
        found |= {plain(passage.place), plain(passage.rationalisation)}
    return {text for text in found if len(text) >= LONG_ENOUGH}
