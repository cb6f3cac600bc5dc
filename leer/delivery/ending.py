"""After the ending: how it went and what each choice did, and that there are other endings.

Counters are told here and only here: while somebody plays they are the story's own business.
Of endings that were not come to it says how many there are of each kind, and no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leer.accounts.models import User
from leer.core.markdown import to_html
from leer.delivery.actions import Stale, states_of
from leer.delivery.stage import choice_text, lang_of, picture_of
from leer.progress import api as progress
from leer.scenarios import api as scenarios
from leer.scenarios.api import drawing, engine

ENDINGS: dict[engine.Outcome, Promise] = {
    engine.Outcome.SAFE: gettext_lazy("Het liep goed af"),
    engine.Outcome.LESSON: gettext_lazy("Een leermoment"),
    engine.Outcome.HARM: gettext_lazy("Er is schade"),
}


@dataclass(frozen=True)
class Change:
    """What became of one counter. ``is_switch``: it can only be 0 or 1, and reads as yes or no."""

    words: str
    before: int
    after: int
    is_switch: bool


@dataclass(frozen=True)
class Turn:
    """One choice that was made in a scene, and what came of it.

    ``step`` is its number in the attempt, counted with the ways on from a reaction; ``given``:
    it was made in an earlier attempt and taken over.
    """

    number: int
    step: int
    given: bool
    place: str
    text: str
    reactions: tuple[SafeString, ...]
    rationalisation: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Kind:
    """The endings of one kind: how many the story has, and how many this person came to."""

    outcome: str
    words: Promise
    total: int
    seen: int


@dataclass(frozen=True)
class Way:
    """An attempt that ended, with every state it went through."""

    story: engine.Scenario
    states: list[engine.State]
    attempt: progress.Attempt

    def passage(self, place: int) -> engine.Passage:
        """The passage at this place of the way, from 0."""
        return engine.passage_of(self.story, self.states[place])

    def scenes(self) -> list[int]:
        """The places where somebody chose; going on from a reaction is no choice."""
        last = len(self.states) - 1
        kinds = [self.passage(place).kind for place in range(last)]
        return [place for place, kind in enumerate(kinds) if kind is engine.Kind.SCENE]


def ending_of(user: User, attempt: progress.Attempt) -> dict[str, Any]:
    """How it ended and the way there, for the page after the last choice.

    What was forgotten meanwhile is not there: then it only says that it ended.
    """
    try:
        way = Way(scenarios.graph_of(attempt.version), states_of(attempt), attempt)
    except Stale:
        return {"outcome": attempt.outcome}
    outcome = engine.outcome(way.story, way.states[-1])
    if outcome is None:
        return {"outcome": attempt.outcome}
    return {
        "outcome": outcome.value,
        "enough": engine.is_enough(way.story, outcome),
        "html": to_html(engine.visible_text(way.story, way.states[-1])),
        "picture": picture_of(way.passage(-1)),
        "lang": lang_of(attempt),
        "turns": list(_turns(way)),
        "drawn": _drawn(way),
        "endings": list(_endings(way, _seen(user, attempt))),
        "rehearsal_key": rehearsal_key(user, attempt),
    }


def rehearsal_key(user: User, attempt: progress.Attempt) -> str:
    """Under which name the browser keeps somebody's sentence for this story: on a computer that
    is shared, nobody is offered another's.
    """
    whose = f"{user.pk}/{attempt.module_key}/{attempt.part_key}"
    return salted_hmac("leer.delivery.rehearsal", whose, algorithm="sha256").hexdigest()[:32]


def _turns(way: Way) -> Iterator[Turn]:
    """Choice by choice."""
    scenes = way.scenes()
    for number, (place, following) in enumerate(pairwise([*scenes, len(way.states) - 1]), start=1):
        between = range(place + 1, following)
        excuses = [way.passage(one).rationalisation for one in between]
        yield Turn(
            number=number,
            step=place + 1,
            given=place < way.attempt.given_steps,
            place=way.passage(place).place,
            text=choice_text(way.passage(place), way.states[place + 1].passage),
            reactions=tuple(
                to_html(engine.visible_text(way.story, way.states[one])) for one in between
            ),
            rationalisation=next(filter(None, excuses), ""),
            changes=tuple(_changes(way, place, following)),
        )


def _changes(way: Way, place: int, following: int) -> Iterator[Change]:
    words = engine.counter_words(way.story)
    values = zip(way.states[place].counters, way.states[following].counters, strict=True)
    for counter, (before, after) in zip(way.story.counters, values, strict=True):
        if before != after:
            is_switch = (counter.minimum, counter.maximum) == (0, 1)
            yield Change(words[counter.name], before, after, is_switch)


def _endings(way: Way, seen: frozenset[str]) -> Iterator[Kind]:
    """The endings of this version, by kind."""
    for outcome, words in ENDINGS.items():
        names = {p.name for p in way.story.passages.values() if p.outcome is outcome}
        if names:
            yield Kind(outcome.value, words, len(names), len(names & seen))


def _seen(user: User, attempt: progress.Attempt) -> frozenset[str]:
    last = attempt.in_order()[-1]["target"]
    return progress.last_targets(user, attempt.module_key, attempt.part_key) | {last}


def _drawn(way: Way) -> SafeString:
    """The way as a picture: a box for each scene that was come by, and the ending; on an arrow
    the number of the choice, as in the list.
    """
    stops = [way.passage(place) for place in (*way.scenes(), -1)]
    keys = {name: f"p{number}" for number, name in enumerate(dict.fromkeys(p.name for p in stops))}
    numbers: dict[tuple[str, str], list[str]] = {}
    for number, (one, other) in enumerate(pairwise(stops), start=1):
        numbers.setdefault((keys[one.name], keys[other.name]), []).append(str(number))
    diagram = drawing.Diagram(
        title=_("De weg die je liep"),
        description=_("Dezelfde weg staat hieronder als lijst."),
        boxes=tuple(_box(key, way.story.passages[name]) for name, key in keys.items()),
        arrows=tuple(drawing.Arrow(*ends, ", ".join(many)) for ends, many in numbers.items()),
    )
    return _svg(diagram)


@lru_cache(maxsize=512)  # people walk the same ways
def _svg(diagram: drawing.Diagram) -> SafeString:
    return mark_safe(drawing.svg(diagram, id_prefix="weg"))  # noqa: S308 (drawing escapes it all)


def _box(key: str, passage: engine.Passage) -> drawing.Box:
    """A scene by its place, and the ending by its kind."""
    if passage.outcome:
        return drawing.Box(key, str(ENDINGS[passage.outcome]), passage.outcome.value)
    return drawing.Box(key, passage.place or _("Scène"), "start" if key == "p0" else "scene")
