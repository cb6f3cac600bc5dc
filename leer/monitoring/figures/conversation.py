"""What a team may talk about: the same words for every team, and never a figure.

Where the choices of the whole organisation lie furthest apart is where there is something to
talk about. Before that can be said, a story's own theme and learning outcome are there.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import log

from cursussen import api as content
from leer.disclosure import api as disclosure
from leer.disclosure.api import Release
from leer.monitoring.figures.counting import first_name
from leer.monitoring.figures.shape import Shape, shape_of, way
from leer.scenarios.models import Scenario

LEAST_SPREAD = 0.5  # of what is possible: below it nearly everybody agrees


@dataclass(frozen=True)
class Talk:
    """One story to talk about. ``scene`` and ``choices`` are empty when no scene can be named."""

    title: str
    theme: str
    outcome: str
    place: str = ""
    scene: str = ""
    choices: tuple[str, ...] = ()


def talks(module_keys: Collection[str]) -> list[Talk]:
    """One for each story in these modules, in three queries."""
    keys = list(dict.fromkeys(_scenario_keys(module_keys)))
    scenarios = Scenario.objects.filter(key__in=keys, language="nl", live_version__isnull=False)
    versions = {scenario.key: str(scenario.live_version_id) for scenario in scenarios}
    releases = disclosure.latest_of([first_name(version) for version in versions.values()])
    return [
        _talk(shape_of(versions[key]), releases.get(first_name(versions[key])))
        for key in keys
        if key in versions
    ]


def _scenario_keys(module_keys: Collection[str]) -> Iterator[str]:
    live = content.modules()
    for key in module_keys:
        parts = live[key].parts if key in live else ()
        yield from (part.scenario_key for part in parts if part.kind is content.PartKind.SCENARIO)


def _talk(shape: Shape, release: Release | None) -> Talk:
    card = shape.story.card
    theme = card.get("thema", "").replace("-", " ")
    plain = Talk(shape.story.title, theme, card.get("leerdoel", ""))
    scene = most_divided(shape, release) if release else ""
    if not scene:
        return plain
    passage = shape.story.passages[scene]
    choices = tuple(choice.text for choice in passage.choices)
    return Talk(plain.title, plain.theme, plain.outcome, passage.place, scene, choices)


def most_divided(shape: Shape, release: Release) -> str:
    """The scene where the choices lie furthest apart; none when nearly everybody agrees."""
    spreads = {scene: _spread(shape, release, scene) for scene in shape.scenes}
    scene = max(spreads, key=lambda scene: spreads[scene], default="")
    return scene if scene and spreads[scene] >= LEAST_SPREAD else ""


def _spread(shape: Shape, release: Release, scene: str) -> float:
    """From 0 (one choice) to 1 (all alike), of the choices that are shown."""
    choices = shape.story.passages[scene].choices
    shown = [release.at_least(way(scene, choice.target)) for choice in choices]
    whole = sum(shown)
    shares = [figure / whole for figure in shown if figure]
    return -sum(share * log(share) for share in shares) / log(len(choices))
